create schema app;
create schema elsewhere;
-- schemactl: renamed_from orders
create table app.purchases (
  id bigint constraint orders_id primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  note text
);
create index orders_customer on app.purchases (customer, status);
