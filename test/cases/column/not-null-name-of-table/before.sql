create schema app;
create table app.t (a integer, b integer, primary key (a));
