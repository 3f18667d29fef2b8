create schema app;
create table app.t (id integer primary key);
create subscription s connection 'host=/nowhere dbname=shop' publication p, q with (connect = false);
create subscription r connection 'host=/nowhere dbname=shop' publication p with (connect = false, slot_name = r_slot);
comment on subscription s is 'old';
