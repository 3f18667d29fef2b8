create schema app;
create table app.t (id integer, constraint k unique (id) using index tablespace case_space);
