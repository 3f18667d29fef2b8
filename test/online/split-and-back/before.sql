create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  note text
);
create index orders_customer on app.orders (customer, status);
