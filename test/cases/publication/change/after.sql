create schema app;
create schema hr;
create table app.a (id integer primary key, name text, secret text);
create table app.b (id integer primary key, a integer) partition by range (id);
create table app.b1 partition of app.b for values from (1) to (10);
create table hr.c (id integer primary key);
create publication p for table app.a where (id > 20), table app.b with (publish = 'insert', publish_via_partition_root = true);
create publication q for tables in schema app;
create publication r for table hr.c;
