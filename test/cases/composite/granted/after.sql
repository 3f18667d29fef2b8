create schema app;
create type app.c as (x integer);
grant usage on type app.c to pg_monitor;
