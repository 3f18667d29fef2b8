create schema app;
create schema elsewhere;
create table app.orders (
  id bigint primary key,
  customer integer not null,
  status text,
  total double precision not null, -- schemactl: using total::double precision
  note text
);
