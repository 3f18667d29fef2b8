create schema app;
create table app.a (x integer);
create table app.b (x integer);
create table app.child (x integer);
alter table app.child inherit app.b;
alter table app.child inherit app.a;
