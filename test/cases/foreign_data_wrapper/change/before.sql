create schema app;
create foreign data wrapper w options (port '1', host 'h');
create foreign data wrapper x validator postgresql_fdw_validator;
grant usage on foreign data wrapper w to pg_monitor;
