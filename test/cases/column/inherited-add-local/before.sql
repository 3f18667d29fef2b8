create schema app;
create table app.base (a integer);
create table app.child (x integer) inherits (app.base);
