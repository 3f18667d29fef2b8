create schema app;
-- schemactl: renamed_from app.client
create table app.customer (
  id bigint primary key,
  -- schemactl: renamed_from fullname
  full_name text not null,
  phone text,
  email text
);
create table app.visit (id bigint primary key, client_id bigint references app.customer (id), at timestamptz);
create view app.visits_of as select v.id, c.full_name as fullname from app.visit v join app.customer c on c.id = v.client_id;
create index visit_client on app.visit (client_id);
create index visit_at on app.visit (at);
