create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create materialized view app.m with (autovacuum_enabled = false, fillfactor = 70) as select id, code from app.orders;
