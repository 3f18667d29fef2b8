create schema app;
create type app.status as enum ('new', 'paid');
create table app.orders (id bigint primary key, status app.status not null default 'new');
create view app.open_orders as select id, status from app.orders where status = 'new';
insert into app.orders select i, (array['new', 'paid'])[1 + i % 2]::app.status from generate_series(1, 100) i;
