create schema app;
create extension pg_stat_statements with schema app;
grant select, update on app.pg_stat_statements to case_reader;
grant update (query) on app.pg_stat_statements to case_reader;
