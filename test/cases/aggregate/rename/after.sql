create schema app;
create table app.orders (id integer primary key, code text, total numeric);
-- schemactl: renamed_from total
create aggregate app.sum_of(integer) (sfunc = int4pl, stype = integer, initcond = '0');
