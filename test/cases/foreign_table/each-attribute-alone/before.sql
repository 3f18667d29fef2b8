create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create table app.parent (id integer);
create table app.parted (id integer) partition by list (id);
create foreign table app.f_options (id integer) server s options (a '1');
create foreign table app.f_inherits (id integer) server s;
create foreign table app.f_bound partition of app.parted for values in (1) server s;
create foreign table app.f_partition (id integer) server s;
