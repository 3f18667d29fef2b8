create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer, b text default 'x') returns setof integer language sql support pg_catalog.generate_series_int4_support as $$select a$$;
