create schema app;
create extension fuzzystrmatch with schema app;
