create schema app;
create extension hstore with schema app;
create extension file_fdw with schema app;
