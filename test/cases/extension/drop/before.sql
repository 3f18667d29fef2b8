create schema app;
create extension hstore with schema app;
