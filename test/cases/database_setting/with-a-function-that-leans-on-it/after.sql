create schema app;
create table app.orders (id integer primary key);
create function app.tenant() returns text language sql as $$ select current_setting('app.tenant', true) $$;
