create schema app;
create schema ext;
create extension hstore with schema app;
create table app.t (id integer);
