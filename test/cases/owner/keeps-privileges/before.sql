create schema app;
create table app.orders (id integer primary key, code text, total numeric);
grant select on app.orders to case_reader;
alter table app.orders owner to postgres;
