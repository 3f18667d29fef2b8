create schema app;
create table app.orders (id integer primary key, code text, total numeric);
comment on constraint orders_pkey on app.orders is 'con 2';
comment on index app.orders_pkey is 'idx';
