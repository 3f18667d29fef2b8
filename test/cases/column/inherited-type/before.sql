create schema app;
create table app.base (a integer default 1, b text);
create table app.child (extra integer) inherits (app.base);
alter table only app.child alter column a set default 3;
