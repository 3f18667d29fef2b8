create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create type app.status as enum ('a', 'b');
create function app.f(s app.status, t app.orders) returns app.status[] language sql as $$select array[s]$$;
