create schema app;
create table app.customers (id bigint primary key, name text not null, email text, constraint customers_email check (email like '%@%'));
create index customers_name on app.customers (name);
create view app.names as select id, name from app.customers;
