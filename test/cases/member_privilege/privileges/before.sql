create schema app;
create extension pg_stat_statements with schema app;
grant select on app.pg_stat_statements to case_reader;
