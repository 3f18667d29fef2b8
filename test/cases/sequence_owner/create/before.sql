create schema app;
create sequence app.s;
create table app.t (id integer);
