create schema app;
create table app.t (id integer primary key);
create subscription s connection 'host=/nowhere dbname=shop user=copy' publication p, q with (connect = false);
create subscription "Other 100%" connection 'postgresql://copy@replica.example:5433/shop?sslmode=require' publication "P"
  with (connect = false, slot_name = none, binary = true, synchronous_commit = 'remote_apply', streaming = on);
comment on subscription s is 'rows of the shop';
