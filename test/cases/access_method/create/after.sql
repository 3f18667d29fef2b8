create schema app;
create access method heap2 type table handler heap_tableam_handler;
create access method btree2 type index handler bthandler;
comment on access method heap2 is 'h';
create table app.t (a integer) using heap2;
