create schema app;
create table app.orders (id integer, constraint orders_pkey primary key (id));
create table app.lines (order_id integer, constraint lines_order foreign key (order_id) references app.orders (id));
