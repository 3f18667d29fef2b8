create schema app;
create extension btree_gist;
create table app.t (id integer, other integer, constraint t_other_excl exclude using gist (other with =));
alter table app.t add constraint t_id_key unique (id);
alter index app.t_id_key depends on extension btree_gist;
