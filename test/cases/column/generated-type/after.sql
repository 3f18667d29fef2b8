create schema app;
create table app.t (
  id bigint primary key,
  widened integer generated always as (id % 100) stored,
  longer text generated always as (id::text) stored,
  computed bigint generated always as (id * 1) stored,
  cast_only bigint generated always as (id * 2) stored
);
create view app.v as select id, widened, computed from app.t;
