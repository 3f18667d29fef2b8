create schema app;
-- schemactl: renamed_from point
create type app.spot as (x integer, y integer);
create table app.t (p app.spot);
