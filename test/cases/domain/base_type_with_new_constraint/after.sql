create schema app;
create domain app.a as bigint constraint fresh check (value > 1);
create table app.t (a app.a);
