create schema app;
create type app.mood as enum ('a');
create table app.t (id integer, m app.mood);
