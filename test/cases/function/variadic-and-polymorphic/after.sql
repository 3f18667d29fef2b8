create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(variadic items anyarray) returns anyelement language sql immutable as $$select items[1]$$;
