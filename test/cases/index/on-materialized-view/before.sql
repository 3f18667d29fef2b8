create schema app;
create table app.t (id integer, n integer);
create materialized view app.m as select id, n from app.t;
create index m_n on app.m (n);
