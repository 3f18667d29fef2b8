create schema app;
create table app.orders (id integer primary key, code text, total numeric);
revoke delete, truncate on app.orders from postgres;
