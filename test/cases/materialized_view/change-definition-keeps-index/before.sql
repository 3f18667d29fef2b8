create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create materialized view app.m as select id, code from app.orders;
create unique index m_id on app.m (id);
comment on materialized view app.m is 'codes';
