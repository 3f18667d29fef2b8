create schema app;
create type app.e as enum ('a', 'b');
create table app.t (e app.e default 'a');
