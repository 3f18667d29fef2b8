create schema app;
create collation app.c (provider = icu, locale = 'de');
create table app.t (id integer, name text collate app.c) partition by range (id);
create table app.t1 partition of app.t for values from (1) to (10);
create table app.parent (name text collate app.c);
create table app.child (more integer) inherits (app.parent);
