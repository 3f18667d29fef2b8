create schema app;
create function app.handler() returns fdw_handler language c as '$libdir/postgres_fdw', 'postgres_fdw_handler';
create foreign data wrapper w options (dbname 'it''s', port '1');
create foreign data wrapper x handler app.handler validator postgresql_fdw_validator;
comment on foreign data wrapper x is 'x';
alter foreign data wrapper w owner to postgres;
grant usage on foreign data wrapper x to pg_monitor;
