create schema app;
create table app.orders (id integer constraint orders_pkey primary key, total numeric constraint c check (total > 0), constraint u unique (total), check (id > 0));
