create schema app;
create domain app.a as integer default 2;
create domain app.b as integer;
create domain app.c as integer default 3;
