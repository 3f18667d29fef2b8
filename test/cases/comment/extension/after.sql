create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create extension citext schema app;
comment on extension citext is 'ours';
