create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer) returns table (x integer, "Y" text) language plpgsql as $$begin return query select a, 'y'; end$$;
