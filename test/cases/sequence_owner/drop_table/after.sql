create schema app;
create table app.u (id integer);
