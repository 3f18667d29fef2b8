create schema app;
create table app.customers (id integer not null, email text not null, area integer, constraint customers_pkey primary key (id));
create table app.orders (id integer not null, customer_id integer, total numeric, note text, during daterange);
create index i on app.orders (total, id);
