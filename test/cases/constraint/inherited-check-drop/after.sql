create schema app;
create table app.base (id integer);
create table app.derived (extra text) inherits (app.base);
