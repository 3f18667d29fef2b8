create schema app;
create table app.t (id integer primary key);
-- schemactl: renamed_from s
create subscription t connection 'host=/nowhere dbname=shop' publication p with (connect = false, slot_name = s);
