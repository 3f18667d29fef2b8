create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  note text,
  gross numeric(12,2) generated always as (total * 1.2) stored
);
