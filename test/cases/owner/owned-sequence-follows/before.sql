create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create table app.s (id serial);
alter table app.s owner to postgres;
