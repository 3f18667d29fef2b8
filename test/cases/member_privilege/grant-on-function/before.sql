create schema app;
create extension pg_trgm with schema app;
