create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create domain app.n as integer;
create foreign table app.t (
  a integer options (column_name 'A') not null default 3,
  b text collate "C",
  c app.n generated always as (a + 1) stored,
  constraint a_positive check (a > 0)
) server s options (schema_name 'x', table_name 't');
create foreign table app.empty () server s;
alter foreign table app.t alter column b set statistics 200;
alter foreign table app.t alter column b set (n_distinct = 5);
alter foreign table app.t alter column b set storage external;
comment on foreign table app.t is 't';
comment on column app.t.b is 'b';
grant select on app.t to pg_monitor;
grant update (b) on app.t to pg_monitor;
alter foreign table app.t owner to postgres;
create view app.v as select * from app.t;
