create schema app;
create table app.bills_1 (id bigint, code text, at date, note text, primary key (id, at), unique (code, at));
create index on app.bills_1 (note);
