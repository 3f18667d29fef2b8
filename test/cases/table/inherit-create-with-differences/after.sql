create schema app;
create table app.base (id bigint, note text default 'x', n integer);
create table app.child (extra integer) inherits (app.base);
alter table app.child alter column note set default 'y';
alter table only app.child alter column id set not null;
alter table only app.child alter column n set default 4;
