create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer, out x integer, out y text, out z text) language sql as $$select a, 'y', 'z'$$;
