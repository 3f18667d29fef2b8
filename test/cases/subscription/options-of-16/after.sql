create schema app;
create table app.t (id integer primary key);
create subscription s connection 'host=/nowhere dbname=shop' publication p
  with (connect = false, password_required = false, run_as_owner = true, origin = none, streaming = off);
