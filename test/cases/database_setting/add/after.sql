create schema app;
create table app.orders (id integer primary key);
alter database :"DBNAME" set work_mem = '64MB';
alter database :"DBNAME" set search_path = app, "My Schema", public;
alter database :"DBNAME" set statement_timeout to 5000;
alter database :"DBNAME" set time zone 'Europe/Zurich';
alter database :"DBNAME" set app.tenant to 'it''s a "name"';
alter database :"DBNAME" set DateStyle = 'ISO, DMY';
