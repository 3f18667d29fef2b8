create schema app;
create table app.base (id integer not null, constraint positive check (id > 0));
create table app.heir (id integer not null, more integer, constraint positive check (id > 0)) inherits (app.base);
