create schema app;
create table app.orders (id integer primary key, code text, total numeric);
-- schemactl: renamed_from f
create function app.g(a integer, b text default 'x') returns integer language sql as $$select a$$;
