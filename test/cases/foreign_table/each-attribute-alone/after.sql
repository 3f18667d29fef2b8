create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create table app.parent (id integer);
create table app.parted (id integer) partition by list (id);
create foreign table app.f_options (id integer) server s options (a '2');
create foreign table app.f_inherits (id integer) inherits (app.parent) server s;
create foreign table app.f_bound partition of app.parted for values in (2) server s;
create foreign table app.f_partition partition of app.parted for values in (7) server s;
