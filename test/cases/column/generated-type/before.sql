create schema app;
create table app.t (
  id bigint primary key,
  widened smallint generated always as (id % 100) stored,
  longer varchar(10) generated always as (id::text) stored,
  computed real generated always as (id * 1) stored,
  cast_only text generated always as (id::text) stored
);
create view app.v as select id, widened, computed from app.t;
