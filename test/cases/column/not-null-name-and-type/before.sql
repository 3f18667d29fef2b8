create schema app;
create table app.t (id integer primary key, a integer constraint one not null);
