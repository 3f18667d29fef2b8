create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create table app.items (id integer);
grant select on all tables in schema app to case_reader;
grant insert on app.items to case_reader;
