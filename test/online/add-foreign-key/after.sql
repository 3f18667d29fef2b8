create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  note text
);
create table app.customers (id integer primary key, name text, city text not null);
alter table app.orders add constraint orders_customer_fkey foreign key (customer) references app.customers (id) on delete cascade;
