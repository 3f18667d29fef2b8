create schema app;
create table app.t (id integer primary key);
create publication p_operations for table app.t with (publish = 'insert, update');
create publication p_root for table app.t with (publish_via_partition_root = true);
create publication p_all for all tables;
