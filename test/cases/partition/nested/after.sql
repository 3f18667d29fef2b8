create schema app;
create table app.p (a integer, b integer) partition by list (a);
create table app.p1 partition of app.p for values in (1) partition by list (b);
create table app.p1a partition of app.p1 for values in (1);
create table app.p1d partition of app.p1 default;
