create schema app;
create table app.orders (id integer primary key);
alter database :"DBNAME" set work_mem = '128MB';
alter database :"DBNAME" set search_path = '';
