create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create procedure app.p(a integer, out b text) language plpgsql as $$begin b := a; end$$;
