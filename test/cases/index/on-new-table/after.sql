create schema app;
create table app.orders (id integer, note text);
create index orders_note on app.orders (note);
create unique index orders_id on app.orders (id);
alter table app.orders cluster on orders_note;
