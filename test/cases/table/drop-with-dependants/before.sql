create schema app;
create table app.orders (id bigint primary key, note text default 'none');
create view app.recent as select id from app.orders;
create table app.lines (order_id bigint references app.orders);
