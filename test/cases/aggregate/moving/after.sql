create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create aggregate app.total(integer) (sfunc = int4pl, stype = integer, initcond = '0', msfunc = int4pl, minvfunc = int4mi, mstype = integer, minitcond = '0', mfinalfunc_modify = shareable);
