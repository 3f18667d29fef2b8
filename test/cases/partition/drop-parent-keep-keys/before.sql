create schema app;
create table app.invoices (id bigint, code text, at date, note text, primary key (id, at), unique (code, at)) partition by range (at);
create index on app.invoices (note);
create table app.bills_1 partition of app.invoices for values from ('2025-01-01') to ('2026-01-01');
