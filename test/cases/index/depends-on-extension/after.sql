create schema app;
create extension btree_gist;
create table app.t (id integer);
create index i on app.t using gist (id);
alter index app.i depends on extension btree_gist;
