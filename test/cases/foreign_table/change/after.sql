create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create server s2 foreign data wrapper w;
create foreign table app.t (a integer options (column_name 'B', x 'y') default 4, b text not null, c bigint, d text options (k 'v') default 'x', g integer generated always as (a * 3) stored) server s options (schema_name 'y', more 'm');
create foreign table app.u (a integer) server s2;
alter foreign table app.t add constraint a_positive check (a > 1);
create view app.v as select a, c from app.t;
