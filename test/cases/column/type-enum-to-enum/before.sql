create schema app;
create type app.e1 as enum ('a', 'b');
create type app.e2 as enum ('a', 'b', 'c');
create table app.t (e app.e1 default 'a', f app.e1[]);
