create schema app;
create domain app.a as integer;
