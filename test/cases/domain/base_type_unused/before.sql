create schema app;
create domain app.a as integer default 1 check (value > 0);
