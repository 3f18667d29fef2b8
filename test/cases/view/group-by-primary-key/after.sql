create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app.v as select id, code, count(*) as n from app.orders group by id;
