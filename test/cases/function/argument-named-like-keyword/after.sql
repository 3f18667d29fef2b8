create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f("order" integer, "select" text, inout "Mixed" integer) language sql as $$select 1$$;
