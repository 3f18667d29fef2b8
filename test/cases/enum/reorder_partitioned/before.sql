create schema app;
create type app.mood as enum ('a', 'b', 'c');
create table app.p (id integer, m app.mood default 'a') partition by range (id);
create table app.p_1 partition of app.p (m default 'c') for values from (1) to (10);
