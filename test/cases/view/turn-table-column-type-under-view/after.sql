create schema app;
create table app.orders (id integer primary key, code varchar(20), total numeric);
create view app.v as select id, code from app.orders;
