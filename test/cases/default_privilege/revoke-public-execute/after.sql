create schema app;
create table app.orders (id integer primary key, code text, total numeric);
alter default privileges for role case_writer revoke execute on functions from public;
