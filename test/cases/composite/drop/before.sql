create schema app;
create type app.point as (x integer, y integer);
