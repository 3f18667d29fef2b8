create schema app;
create schema elsewhere;
create type app.state as enum ('paid', 'sent', 'new');
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status app.state,
  total numeric(10,2) not null,
  note text
);
create index orders_status on app.orders (status, customer);
