create schema app;
create table app.customers (id integer not null, email text not null, area integer, constraint customers_pkey primary key (id));
create table app.orders (id integer not null, customer_id integer, total numeric, note text, during daterange);
insert into app.customers values (1, 'a@example.org', 1);
insert into app.orders values (1, 1, 10, 'x', '[2026-01-01,2026-01-02)');
create index i on app.orders (note);
