create schema app;
create extension hstore with schema app version '1.4';
