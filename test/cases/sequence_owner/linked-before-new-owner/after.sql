create schema app;
create sequence app.orders_id_seq;
create table app.orders (id bigint default nextval('app.orders_id_seq') primary key);
alter sequence app.orders_id_seq owned by app.orders.id;
alter table app.orders owner to case_reader;
