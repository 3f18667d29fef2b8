create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a text) returns text language sql immutable as $$select lower(a)$$;
create index orders_code on app.orders (app.f(code));
