create schema app;
create table app.base (a integer default 2);
create table app.child (extra integer) inherits (app.base);
