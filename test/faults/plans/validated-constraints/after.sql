create schema app;
create table app.customers (
  id bigint primary key,
  email text not null,
  country char(2),
  constraint customers_email unique (email),
  constraint customers_country check (country ~ '^[a-z]{2}$')
);
create table app.orders (
  id bigint primary key,
  customer bigint not null,
  total numeric(12, 2),
  note text,
  constraint orders_customer foreign key (customer) references app.customers (id) on delete cascade,
  constraint orders_total check (total > 0)
);
