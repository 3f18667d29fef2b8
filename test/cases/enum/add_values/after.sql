create schema app;
create type app.mood as enum ('a1', 'a2', 'b', 'c1', 'c2', 'd', 'e');
create table app.t (m app.mood default 'c1');
