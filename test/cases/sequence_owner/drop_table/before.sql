create schema app;
create table app.t (id serial primary key);
create table app.u (id integer);
