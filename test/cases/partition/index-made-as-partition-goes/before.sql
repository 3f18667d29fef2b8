create schema app;
create table app.p (id integer not null, at integer not null) partition by hash (at);
create table app.p_0 partition of app.p for values with (modulus 3, remainder 0);
create table app.p_1 partition of app.p for values with (modulus 3, remainder 1);
create index p_id on app.p (id);
