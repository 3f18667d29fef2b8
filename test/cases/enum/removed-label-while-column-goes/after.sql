create schema app;
create type app.level as enum ('b', 'c');
create table app.t (id integer, m app.level);
