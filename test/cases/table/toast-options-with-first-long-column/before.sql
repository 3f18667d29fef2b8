create schema app;
create table app.t (id integer primary key);
create table app.lost (id integer primary key, note text);
