create schema app;
create foreign data wrapper w validator postgresql_fdw_validator options (port '2', dbname 'x');
create foreign data wrapper x;
grant usage on foreign data wrapper w to pg_monitor with grant option;
