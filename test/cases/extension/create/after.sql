create schema app;
create extension hstore with schema app;
create table app.t (h app.hstore);
