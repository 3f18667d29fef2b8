create schema app;
create table app.base (id bigint, note text);
create table app.child (note text default 'mine', extra integer) inherits (app.base);
