create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create procedure app.p(a integer) language sql begin atomic insert into app.orders values (a, 'x', 1); delete from app.orders where id = a; end;
