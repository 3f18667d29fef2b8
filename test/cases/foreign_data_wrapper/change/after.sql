create schema app;
create function app.check(text[], oid) returns void language c as '$libdir/postgres_fdw', 'postgres_fdw_validator';
create foreign data wrapper w options (port '2', dbname 'x');
create foreign data wrapper x validator app.check;
grant usage on foreign data wrapper w to pg_monitor with grant option;
