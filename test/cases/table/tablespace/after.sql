create schema app;
create table app.t (id integer) tablespace case_space;
