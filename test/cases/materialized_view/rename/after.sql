create schema app;
create table app.orders (id integer primary key, code text, total numeric);
-- schemactl: renamed_from m
create materialized view app.codes as select id, code from app.orders;
