create schema app;
create schema other;
create extension hstore with schema other;
grant usage on type other.hstore to case_reader;
grant execute on function other.akeys(other.hstore) to case_reader with grant option;
