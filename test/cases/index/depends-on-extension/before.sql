create schema app;
create extension btree_gist;
create table app.t (id integer);
create index i on app.t using gist (id);
