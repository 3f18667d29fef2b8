create schema app;
create table app.log (
  id bigint primary key,
  origin integer not null default 5, -- schemactl: renamed_from source
  note text,
  constraint positive check (origin > 0)
) partition by hash (id);
create table app.log_0 partition of app.log for values with (modulus 2, remainder 0);
create table app.log_1 partition of app.log for values with (modulus 2, remainder 1);
create index log_0_source on app.log_0 (origin);
create index log_1_source on app.log_1 (origin);
create index log_source on app.log (origin);
create unique index log_0_key on app.log_0 (origin, id);
