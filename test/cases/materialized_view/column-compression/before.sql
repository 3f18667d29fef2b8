create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create materialized view app.m as select id, code from app.orders;
