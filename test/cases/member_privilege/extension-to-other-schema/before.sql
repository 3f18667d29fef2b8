create schema app;
create schema other;
create extension hstore with schema app;
grant usage on type app.hstore to case_reader;
grant execute on function app.akeys(app.hstore) to case_reader;
