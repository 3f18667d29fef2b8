create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f() returns text language plpgsql as $fn$begin execute $$select 1$$; return $body$x$body$; end$fn$;
