create schema app;
create table app.parted (id integer not null, at integer not null) partition by hash (at);
create table app.parted_0 partition of app.parted for values with (modulus 2, remainder 0);
create table app.parted_1 partition of app.parted for values with (modulus 2, remainder 1);
