create schema app;
-- schemactl: renamed_from clients
create table app.customers (id bigint not null, name text);
