create schema app;
create type app.point as (y text, n integer, x integer);
create table app.t (p app.point);
