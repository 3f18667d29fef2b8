create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create function app.f(a integer) returns integer language sql immutable return a + 1;
