create schema app;
create table app.orders (id integer primary key, code text, total numeric);
alter default privileges for role case_writer grant usage on sequences to case_reader;
alter default privileges for role case_writer grant usage on schemas to case_reader;
alter default privileges for role case_writer grant usage on types to public;
