create schema app;
create table app.base (id integer not null, note text, extra integer, constraint positive check (id > 0));
create table app.heir (id integer not null, note text, extra integer, more integer, constraint positive check (id > 0));
