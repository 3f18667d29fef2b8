create schema app;
create table app.c_options (a integer);
alter table app.c_options alter column a set (n_distinct = 5);
