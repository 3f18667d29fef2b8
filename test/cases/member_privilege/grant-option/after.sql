create schema app;
create extension pg_trgm with schema app;
grant execute on function app.similarity(text, text) to case_reader with grant option;
