create schema app;
create table app.base (id bigint);
create table app.child (id bigint, extra integer);
alter table app.child inherit app.base;
