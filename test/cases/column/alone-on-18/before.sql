create schema app;
create table app.n (a integer not null);
create table app.g (a integer, b integer generated always as (a * 2) virtual);
