create schema app;
create table app.customers (id bigint primary key, email text, country char(2));
create table app.orders (id bigint primary key, customer bigint, total numeric(12, 2), note text);
insert into app.customers select i, 'a' || i || '@example.org', 'de' from generate_series(1, 50) i;
insert into app.orders select i, 1 + i % 50, i, null from generate_series(1, 300) i;
