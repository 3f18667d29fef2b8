create schema app;
create domain app.a as integer default 1;
create domain app.b as integer default 1;
create domain app.c as integer;
