create schema app;
create table app.base (id integer not null, constraint positive check (id > 0) no inherit);
create table app.heir (id integer not null, more integer) inherits (app.base);
