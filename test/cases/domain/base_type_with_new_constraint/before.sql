create schema app;
create domain app.a as integer constraint old check (value > 0);
create table app.t (a app.a);
