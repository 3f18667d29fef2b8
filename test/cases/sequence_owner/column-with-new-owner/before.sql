create schema app;
create table app.orders (id bigint primary key);
alter table app.orders owner to postgres;
