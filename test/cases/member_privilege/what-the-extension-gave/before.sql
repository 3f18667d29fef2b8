create schema app;
create extension pg_buffercache with schema app;
