create schema app;
create table app.orders (id integer primary key);
alter role all in database :"DBNAME" set work_mem = '2MB';
alter role case_reader in database :"DBNAME" set work_mem = '3MB';
alter user case_reader in database :"DBNAME" set search_path = "$user", app;
