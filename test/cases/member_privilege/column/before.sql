create schema app;
create extension pg_stat_statements with schema app;
revoke select on app.pg_stat_statements from public;
grant select (query) on app.pg_stat_statements to case_reader;
