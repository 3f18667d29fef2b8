create schema app;
create table app.t (a bigint);
create materialized view app.m as select a from app.t;
