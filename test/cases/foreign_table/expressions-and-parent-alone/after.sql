create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create table app.parted (id integer) partition by list (id);
create table app.other (id integer) partition by list (id);
create foreign table app.f_expressions (id integer default 2) server s;
create foreign table app.f_partition partition of app.other for values in (7) server s;
