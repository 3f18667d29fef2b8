create schema app;
create schema billing;
create table billing.invoice (id integer);
create function billing.total() returns integer language sql as 'select 1';
