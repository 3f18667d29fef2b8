create schema app;
create table app.orders (id integer primary key);
