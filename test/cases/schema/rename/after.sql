create schema app;
-- schemactl: renamed_from billing
create schema finance;
create table finance.invoice (id integer);
create function finance.total() returns integer language sql as 'select 1';
