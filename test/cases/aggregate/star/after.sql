create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create aggregate app.n(*) (sfunc = int8inc, stype = bigint, initcond = '0');
comment on aggregate app.n(*) is 'rows';
