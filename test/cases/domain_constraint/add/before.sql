create schema app;
create domain app.a as integer;
create table app.t (a app.a);
