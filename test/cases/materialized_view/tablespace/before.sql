create schema app;
create materialized view app.m as select 1 as x;
