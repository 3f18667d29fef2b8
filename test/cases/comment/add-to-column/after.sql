create schema app;
create table app.orders (id integer primary key, code text, total numeric);
comment on column app.orders.code is 'it''s \ here';
