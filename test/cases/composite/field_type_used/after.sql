create schema app;
create type app.point as (x bigint, y text);
create table app.t (p app.point default '(1,a)', id integer);
