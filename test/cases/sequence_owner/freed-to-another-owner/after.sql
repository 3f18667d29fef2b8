create schema app;
create table app.orders (id bigint primary key);
create sequence app.orders_id_seq;
alter sequence app.orders_id_seq owner to case_reader;
