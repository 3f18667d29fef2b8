create schema app;
create table app.a (id integer primary key);
create table app.c (id integer primary key);
create table app.b (id integer primary key, constraint b_ref foreign key (id) references app.a);
