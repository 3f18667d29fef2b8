create schema app;
create table app.lines (order_id bigint);
