create schema app;
create type app.mood as enum ('a', 'b', 'c');
create domain app.good as app.mood default 'c' check (value <> 'b');
