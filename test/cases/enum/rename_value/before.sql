create schema app;
create type app.mood as enum ('new', 'old');
create table app.t (m app.mood default 'new');
