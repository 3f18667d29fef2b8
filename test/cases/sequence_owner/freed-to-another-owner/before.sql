create schema app;
create table app.orders (id bigserial primary key);
