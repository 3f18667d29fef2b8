create schema app;
create type app.level as enum ('a', 'b');
create table app.t (id integer, l app.level, m app.level);
