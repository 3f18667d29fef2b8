create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create type app.status as enum ('a');
create domain app.code as text constraint short check (length(value) < 9);
create type app.pair as (a integer, b text);
create type app.span as range (subtype = integer);
create sequence app.seq;
create function app.f(a integer, b text default 'x') returns integer language sql as $$select a$$;create procedure app.p(a integer, inout b text default null) language plpgsql as $$begin b := a; end$$;create aggregate app.total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
