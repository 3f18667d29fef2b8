create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer, b text default 'x') returns integer language sql as $$select a$$;create procedure app.p(a integer, inout b text default null) language plpgsql as $$begin b := a; end$$;
comment on function app.f(integer, text) is 'f';
comment on procedure app.p(integer, text) is 'p';
