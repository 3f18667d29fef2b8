create schema app;
create extension pg_stat_statements with schema app;
grant insert, update on app.pg_stat_statements to case_reader;
revoke select on app.pg_stat_statements from public;
