create schema app;
create table app.customers (id integer not null, email text not null, area integer, constraint customers_pkey primary key (id));
create table app.orders (id integer not null, customer_id integer, total numeric, note text, during daterange);
create unique index "All of it" on app.orders using btree (lower(note) collate "C" text_pattern_ops desc nulls last, total nulls first, (id + 1)) include (customer_id, during) with (fillfactor = 60) where total > 0;
