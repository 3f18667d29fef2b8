create schema app;
create type app.point as (x integer, y integer, z numeric(5,2), l text collate "C");
create table app.t (p app.point);
create view app.v as select p from app.t;
