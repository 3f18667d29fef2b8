create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total numeric(10,2) not null,
  head text, -- schemactl: backfill split_part(note, ' ', 1)
  -- schemactl: backfill case when note like '% %' then substr(note, length(split_part(note, ' ', 1)) + 2) end
  -- schemactl: down note = head || coalesce(' ' || tail, '')
  tail text
);
create index orders_customer on app.orders (customer, status);
