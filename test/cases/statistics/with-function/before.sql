create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create function app.f(integer) returns integer language sql immutable as 'select $1 % 3';
