create schema app;
create type app.mood as enum ('a', 'b');
create domain app.good as app.mood default 'a' check (value <> 'b');
