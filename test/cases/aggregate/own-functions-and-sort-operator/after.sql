create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.larger(integer, integer) returns integer language sql immutable as $$select greatest($1, $2)$$;
create aggregate app.biggest(integer) (sfunc = app.larger, stype = integer, sortop = >);
