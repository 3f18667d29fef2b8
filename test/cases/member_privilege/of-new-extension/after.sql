create schema app;
create extension pg_stat_statements with schema app;
grant select on app.pg_stat_statements to case_reader;
grant select (query) on app.pg_stat_statements to case_writer;
