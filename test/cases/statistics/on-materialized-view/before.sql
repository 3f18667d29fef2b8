create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create materialized view app.m as select a, b from app.t;
