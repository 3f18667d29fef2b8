create schema app;
create table app.orders (id integer primary key, code text, total numeric);
alter table app.orders owner to case_writer;
grant select, insert on app.orders to case_reader;
