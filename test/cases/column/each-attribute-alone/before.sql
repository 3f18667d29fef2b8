create schema app;
create table app.c_options (a integer);
