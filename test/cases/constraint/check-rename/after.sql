create schema app;
create table app.customers (id integer not null, email text not null, area integer, constraint customers_pkey primary key (id));
create table app.orders (id integer not null, customer_id integer, total numeric, note text, during daterange);
-- schemactl: renamed_from old_check
alter table app.orders add constraint new_check check (total > 0);
