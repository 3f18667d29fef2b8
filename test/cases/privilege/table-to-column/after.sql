create schema app;
create table app.orders (id integer primary key, code text, total numeric);
grant select (id, code), update (id) on app.orders to case_reader;
