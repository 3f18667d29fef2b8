create schema app;
create table app.bills (id bigint, code text, at date, note text, primary key (id, at), unique (code, at)) partition by range (at);
create index on app.bills (note);
create table app.bills_1 partition of app.bills for values from ('2025-01-01') to ('2026-01-01');
