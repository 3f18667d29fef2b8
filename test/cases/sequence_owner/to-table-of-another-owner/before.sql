create schema app;
create table app.orders (id bigserial primary key);
create table app.lines (id bigint primary key);
alter table app.lines owner to case_reader;
