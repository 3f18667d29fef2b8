create schema app;
create table app.base (id integer, note text);
create table app.aaa (id integer, note text, more integer) inherits (app.base);
