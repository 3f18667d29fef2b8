create schema app;
create table app.base (id integer not null, note text);
create table app.heir (id integer not null, note text, more integer) inherits (app.base);
