create schema app;
create table app.p (id integer not null) partition by range (id);
create table app.p1 partition of app.p for values from (1) to (10);
alter table app.p1 add constraint as_much check (id >= 1 and id < 10);
