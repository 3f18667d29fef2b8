create schema app;
create table app.base (a integer default 1);
create table app.child (extra integer) inherits (app.base);
