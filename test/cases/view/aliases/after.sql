create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create view app.v (a, b) as select 1, 'x'::text;
