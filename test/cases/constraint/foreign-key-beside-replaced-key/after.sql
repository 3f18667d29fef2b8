create schema app;
create table app.orders (id integer, constraint orders_pkey primary key (id));
create table app.lines (id integer primary key);
alter table app.orders add constraint orders_once unique (id) deferrable;
alter table app.lines add constraint lines_order foreign key (id) references app.orders (id) not valid;
