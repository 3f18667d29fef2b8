create schema app;
create domain app.a as text collate "C";
create table app.t (a app.a);
