create schema app;
create extension pg_buffercache with schema app;
revoke select on app.pg_buffercache from pg_monitor;
grant execute on function app.pg_buffercache_pages() to case_reader;
