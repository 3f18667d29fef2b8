create schema app;
create function app.f() returns integer language sql immutable as 'select 4';
create table app.t (a integer default app.f());
