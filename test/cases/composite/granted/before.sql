create schema app;
create type app.c as (x integer);
