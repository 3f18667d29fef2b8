create schema app;
create domain app.a as integer constraint c check (value > 0);
