create schema app;
create type app.mood as enum ('a', 'b');
create table app.t (id integer, m app.mood default 'b' check (m in ('a', 'b')));
create index t_b on app.t (id) where m = 'b';
