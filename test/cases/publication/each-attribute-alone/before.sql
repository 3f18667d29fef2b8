create schema app;
create table app.t (id integer primary key);
create publication p_operations for table app.t with (publish = 'insert');
create publication p_root for table app.t;
create publication p_all;
