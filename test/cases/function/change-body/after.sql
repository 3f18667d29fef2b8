create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer, b text default 'x') returns integer language sql  as $$select a + 1$$;
