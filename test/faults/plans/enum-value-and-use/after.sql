create schema app;
create type app.status as enum ('draft', 'new', 'packed', 'paid', 'sent');
create table app.orders (id bigint primary key, status app.status not null default 'draft');
alter table app.orders add constraint orders_packed check (status <> 'packed' or id > 0);
create view app.open_orders as select id, status from app.orders where status in ('draft', 'new', 'packed');
create index orders_sent on app.orders (id) where status = 'sent';
