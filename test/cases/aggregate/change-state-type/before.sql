create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create aggregate app.total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
