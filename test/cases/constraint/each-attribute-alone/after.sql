create schema app;
create table app.k_to (x integer unique, y integer unique);
create table app.k_deferrable (id integer, constraint k unique (id) deferrable);
create table app.k_columns (a integer, b integer, constraint kc unique (b));
create table app.k_method (r int4range, constraint km exclude using spgist (r with &&));
create table app.k_elements (r int4range, constraint ke exclude using gist (r with =));
create table app.k_from (a integer, constraint kf foreign key (a) references app.k_to (y));
create table app.k_valid (a integer);
alter table app.k_valid add constraint kv check (a > 0) not valid;
