create schema app;
create table app.base (id integer, note text);
create table app.heir (id integer, note text, more integer);
