create schema app;
create table app.customers (id integer not null, email text not null, area integer, constraint customers_pkey primary key (id));
create table app.orders (id integer not null, customer_id integer, total numeric, note text, during daterange);
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers (id) not enforced;
alter table app.orders add constraint c check (total > 0) not enforced;
