create schema app;
create schema elsewhere;
create table app.customers (id integer primary key, name text, city text not null);
create table app.orders (
  id bigint primary key,
  customer integer not null references app.customers (id),
  status text,
  total numeric(10,2) not null,
  note text
) partition by range (id);
create table app.orders_first partition of app.orders for values from (minvalue) to (500000);
create table app.orders_next partition of app.orders for values from (500000) to (1000000);
create table app.orders_rest partition of app.orders default;
create index orders_customer_idx on app.orders (customer);
create view app.open_orders as select id, total from app.orders where status = 'new';
