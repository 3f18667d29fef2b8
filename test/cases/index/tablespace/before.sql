create schema app;
create table app.t (id integer);
create index i on app.t (id);
