create schema app;
create table app.t (a integer);
alter table app.t add constraint t_a_not_null not null a not valid;
