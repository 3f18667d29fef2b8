create schema app;
create extension btree_gist;
create table app.rooms (id integer not null, during daterange not null);
create table app.bookings (id integer, during daterange);
alter table app.rooms add constraint rooms_pkey primary key (id, during without overlaps);
alter table app.bookings add constraint f foreign key (id, period during) references app.rooms (id, period during);
