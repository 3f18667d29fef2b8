create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  note text,
  word text, -- schemactl: backfill split_part(note, ' ', 1)
  cents bigint not null -- schemactl: backfill (total * 100)::bigint
);
create index orders_customer on app.orders (customer, status);
