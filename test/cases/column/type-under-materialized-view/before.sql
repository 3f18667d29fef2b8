create schema app;
create table app.t (a integer);
create materialized view app.m as select a from app.t;
