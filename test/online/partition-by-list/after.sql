create schema app;
create schema elsewhere;
create table app.orders (
  id bigint,
  customer integer not null,
  status text not null,
  total numeric(10,2) not null,
  note text,
  primary key (id, status)
) partition by list (status);
create table app.orders_new partition of app.orders for values in ('new');
create table app.orders_paid partition of app.orders for values in ('paid');
create table app.orders_sent partition of app.orders for values in ('sent');
