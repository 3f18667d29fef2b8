create schema app;
create table app.t (id integer primary key);
create subscription s connection 'host=/elsewhere dbname=shop application_name=''a \''b''' publication q, "R"
  with (connect = false, slot_name = none, binary = true, synchronous_commit = 'on', streaming = on);
create subscription r connection 'host=/nowhere dbname=shop' publication p with (connect = false, slot_name = other);
comment on subscription s is 'new';
