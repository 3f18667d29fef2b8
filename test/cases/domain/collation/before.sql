create schema app;
create domain app.a as text;
create table app.t (a app.a);
