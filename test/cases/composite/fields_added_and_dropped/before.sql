create schema app;
create type app.point as (x integer, old text, y integer);
create table app.t (p app.point);
create view app.v as select p from app.t;
