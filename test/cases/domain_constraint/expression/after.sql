create schema app;
create domain app.a as integer constraint c check (value > 1);
create table app.t (a app.a);
