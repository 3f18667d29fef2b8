create schema app;
create function app.check(text[], oid) returns void language c as '$libdir/postgres_fdw', 'postgres_fdw_validator';
create foreign data wrapper w options (port '1', host 'h');
create foreign data wrapper x validator postgresql_fdw_validator;
grant usage on foreign data wrapper w to pg_monitor;
