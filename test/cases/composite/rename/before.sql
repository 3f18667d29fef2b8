create schema app;
create type app.point as (x integer, y integer);
create table app.t (p app.point);
