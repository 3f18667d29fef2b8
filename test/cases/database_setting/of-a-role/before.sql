create schema app;
create table app.orders (id integer primary key);
alter role case_reader in database :"DBNAME" set work_mem = '1MB';
alter role case_reader in database :"DBNAME" set statement_timeout = '1s';
