create schema app;
create table app.t (id integer not null, b text);
alter table app.t add constraint t_key unique (id);
alter table app.t replica identity using index t_key;
