create schema app;
create table app.orders (id integer primary key, code text, total numeric);
-- schemactl: renamed_from p
create procedure app.q(a integer, inout b text default null) language plpgsql as $$begin b := a; end$$;
