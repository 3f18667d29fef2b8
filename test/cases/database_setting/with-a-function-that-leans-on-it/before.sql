create schema app;
create table app.orders (id integer primary key);
alter database :"DBNAME" set app.tenant = 'a';
create function app.tenant() returns text language sql as $$ select current_setting('app.tenant') $$;
