create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer) returns bigint language sql begin atomic select count(*) from app.orders where id = a; end;
