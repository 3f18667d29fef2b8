create schema app;
create type app.point as (x integer, y text);
create table app.t (p app.point);
