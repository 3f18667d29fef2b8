create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  note text
);
alter table app.orders add constraint orders_total_check check (total >= 0 and (note is null or length(note) < 100));
