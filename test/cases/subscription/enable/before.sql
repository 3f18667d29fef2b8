create schema app;
create table app.t (id integer primary key);
create subscription s connection 'host=/nowhere dbname=shop' publication p with (connect = false, enabled = false);
