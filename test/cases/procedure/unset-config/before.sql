create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create procedure app.p(a integer, inout b text default null) language plpgsql set work_mem = '8MB' as $$begin b := a; end$$;
