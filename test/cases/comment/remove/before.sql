create schema app;
create table app.orders (id integer primary key, code text, total numeric);
comment on table app.orders is 'a';
comment on column app.orders.code is 'c';
