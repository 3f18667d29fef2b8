create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create procedure app.p(a integer, inout b text default null) language plpgsql as $$begin b := a; end$$;
