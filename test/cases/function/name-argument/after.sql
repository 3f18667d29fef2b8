create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer, b text) returns integer language sql  as $$select $1$$;
