create schema app;
create type app.mood as enum ('a');
create domain app.other as text;
create table app.t (ms app.mood[] not null default array['a'::app.mood]);
