create schema app;
create table app.p (a integer, b integer) partition by list (a);
