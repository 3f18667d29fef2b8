create schema app;
create schema ext;
create extension hstore with schema ext;
create table app.t (id integer);
