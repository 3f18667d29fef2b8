create schema app;
create type app.mood as enum ('sad');
create table app.t (id integer, m app.mood);
