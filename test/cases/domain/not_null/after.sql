create schema app;
create domain app.a as integer not null;
create domain app.b as integer;
create table app.t (a app.a);
