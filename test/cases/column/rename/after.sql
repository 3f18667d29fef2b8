create schema app;
create table app.t (
  id integer,
  customer_id bigint not null default 5 -- schemactl: renamed_from client_id
);
