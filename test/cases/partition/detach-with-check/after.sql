create schema app;
create table app.p (id integer not null) partition by range (id);
create table app.p1 (id integer not null, constraint as_much check (id >= 1 and id < 10));
