create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.rn() returns bigint language internal window as 'window_row_number';
