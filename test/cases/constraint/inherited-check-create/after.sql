create schema app;
create table app.base (id integer);
create table app.derived (extra text) inherits (app.base);
alter table app.base add constraint c check (id > 0);
