create schema app;
create domain app.d as integer;

