create schema app;
create table app.orders (id integer primary key, code text, total numeric);
grant select, update on app.orders to case_reader;
grant update (id) on app.orders to case_reader;
