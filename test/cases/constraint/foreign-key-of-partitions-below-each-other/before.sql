create schema app;
create table app.kind (id integer primary key);
create table app.log (id bigint not null, kind_id integer not null) partition by hash (id);
create table app.log_0 partition of app.log for values with (modulus 2, remainder 0);
create table app.log_1 partition of app.log for values with (modulus 2, remainder 1) partition by list (kind_id);
create table app.log_1_1 partition of app.log_1 for values in (1);
create table app.log_1_other partition of app.log_1 default;
