create schema app;
create table app.orders (id integer primary key, code text, total numeric);
comment on index app.orders_pkey is 'it''s \ here';
