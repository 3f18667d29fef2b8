create schema app;
alter default privileges in schema app grant select on tables to case_reader;
create extension pg_stat_statements with schema app;
