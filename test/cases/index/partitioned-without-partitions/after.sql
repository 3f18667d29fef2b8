create schema app;
create table app.parted (id integer not null, at integer not null) partition by hash (at);
alter table app.parted add constraint parted_key primary key (id, at);
alter table app.parted add constraint parted_once unique (at, id);
create index parted_id on app.parted (id);
