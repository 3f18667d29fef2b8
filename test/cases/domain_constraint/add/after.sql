create schema app;
create domain app.a as integer constraint positive check (value > 0) check (value < 10);
create table app.t (a app.a);
