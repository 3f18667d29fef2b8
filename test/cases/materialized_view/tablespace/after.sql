create schema app;
create materialized view app.m tablespace case_space as select 1 as x;
