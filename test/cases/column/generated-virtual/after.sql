create schema app;
create table app.t (a integer, b integer generated always as (a * 2) virtual);
