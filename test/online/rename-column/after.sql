create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  client integer not null, -- schemactl: renamed_from customer
  status text,
  total numeric(10,2) not null,
  remark text -- schemactl: renamed_from note
);
create index orders_customer on app.orders (client, status);
