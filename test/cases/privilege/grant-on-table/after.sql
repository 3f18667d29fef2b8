create schema app;
create table app.orders (id integer primary key, code text, total numeric);
grant select, insert on app.orders to case_reader;
