create schema app;
create table app.orders (id bigint primary key);
create table app.lines (id bigint primary key);
create sequence app.orders_id_seq;
alter table app.orders alter column id set default nextval('app.orders_id_seq');
alter table app.lines owner to case_reader;
alter sequence app.orders_id_seq owner to case_reader;
alter sequence app.orders_id_seq owned by app.lines.id;
