create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create aggregate app.total(n integer) (sfunc = int4pl, stype = integer);
create aggregate app.old (basetype = integer, sfunc = int4pl, stype = integer);
