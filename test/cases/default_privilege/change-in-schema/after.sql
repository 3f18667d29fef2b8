create schema app;
create table app.orders (id integer primary key, code text, total numeric);
alter default privileges for role case_writer in schema app grant select on tables to case_reader with grant option;
