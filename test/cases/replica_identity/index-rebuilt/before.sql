create schema app;
create table app.t (id integer not null, b text);
create unique index t_id on app.t (id);
alter table app.t replica identity using index t_id;
