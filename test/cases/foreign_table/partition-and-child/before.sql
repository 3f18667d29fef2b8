create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create table app.p (id integer not null, b text) partition by range (id);
create table app.parent (a integer);
