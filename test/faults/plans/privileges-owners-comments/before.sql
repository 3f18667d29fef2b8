create schema app;
create table app.orders (id bigint primary key, total bigint);
create table app.secrets (id bigint primary key, value text);
create function app.total() returns bigint language sql stable as $$ select sum(total)::bigint from app.orders $$;
grant select on app.orders to pg_monitor;
grant all on app.secrets to pg_monitor;
comment on table app.orders is 'orders';
insert into app.orders select i, i from generate_series(1, 25) i;
insert into app.secrets select i, 's' from generate_series(1, 25) i;
