create schema app;
create table app.orders (id integer primary key, code text, total numeric);
comment on constraint orders_pkey on app.orders is 'it''s \ here';
