create schema app;
create table app.t (a bigint, b bigint generated always as (a * 2) stored);
