create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app.v as select id, code from app.orders;
alter view app.v alter column code set default 'none';
