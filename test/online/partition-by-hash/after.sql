create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  note text
) partition by hash (id);
create table app.orders_0 partition of app.orders for values with (modulus 3, remainder 0);
create table app.orders_1 partition of app.orders for values with (modulus 3, remainder 1);
create table app.orders_2 partition of app.orders for values with (modulus 3, remainder 2);
