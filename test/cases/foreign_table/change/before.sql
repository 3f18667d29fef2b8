create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create server s2 foreign data wrapper w;
create foreign table app.t (a integer options (column_name 'A') not null default 3, b text, c integer, e integer, g integer generated always as (a * 2) stored) server s options (schema_name 'x', table_name 't');
create foreign table app.u (a integer) server s;
alter foreign table app.t add constraint a_positive check (a > 0);
create view app.v as select a, c from app.t;
