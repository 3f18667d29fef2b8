create schema app;
create table app.base (a integer, b text default 'x');
create table app.child (extra integer) inherits (app.base);
