create schema app;
create table app.orders (id bigserial primary key);
alter table app.orders owner to case_reader;
