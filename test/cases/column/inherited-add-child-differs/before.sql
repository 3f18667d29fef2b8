create schema app;
create table app.base (a integer);
create table app.child (extra integer) inherits (app.base);
