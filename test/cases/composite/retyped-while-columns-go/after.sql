create schema app;
create type app.point as (y bigint, z bigint);
create table app.t (id integer);
