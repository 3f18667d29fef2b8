create schema app;
create type app.mood as enum ('b', 'd');
create table app.t (m app.mood default 'b');
