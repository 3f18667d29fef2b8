create schema app;
create type app.point as (y integer, z integer);
create table app.t (id integer, p app.point default '(1,1)');
