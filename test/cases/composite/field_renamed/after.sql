create schema app;
-- schemactl: renamed_fields x -> abscissa
create type app.point as (abscissa integer, y text);
create table app.t (p app.point);
