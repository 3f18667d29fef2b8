create schema app;
create extension fuzzystrmatch with schema app;
grant execute on all functions in schema app to case_reader;
