create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app.v with (security_invoker = true) as select id, code from app.orders;
