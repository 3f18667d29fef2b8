create schema app;
create table app.base (a integer, b text);
create table app.child (x integer, b text) inherits (app.base);
