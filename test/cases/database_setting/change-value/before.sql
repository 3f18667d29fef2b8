create schema app;
create table app.orders (id integer primary key);
alter database :"DBNAME" set work_mem = '64MB';
alter database :"DBNAME" set search_path = app;
