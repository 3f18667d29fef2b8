create schema app;
create table app.l (a text) partition by list (a);
create table app.l1 partition of app.l for values in ('x', null);
create table app.h (a integer) partition by hash (a);
create table app.h0 partition of app.h for values with (modulus 2, remainder 0);
create table app.h1 partition of app.h for values with (modulus 2, remainder 1);
create table app.r (a integer, b text) partition by range (a, lower(b) collate "C");
create table app.r1 partition of app.r for values from (minvalue, minvalue) to (10, 'k');
create table app.r2 partition of app.r for values from (10, 'k') to (maxvalue, maxvalue);
