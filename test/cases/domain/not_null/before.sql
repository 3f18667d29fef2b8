create schema app;
create domain app.a as integer;
create domain app.b as integer not null;
create table app.t (a app.a);
