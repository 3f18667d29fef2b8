create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app."Order Codes" as select id as "Id", code as "select" from app.orders;
