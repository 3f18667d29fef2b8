create schema app;
create table app.base (a integer, b text);
create table app.child (extra integer) inherits (app.base);
