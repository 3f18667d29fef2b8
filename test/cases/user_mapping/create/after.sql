create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create user mapping for public server s;
create user mapping for pg_monitor server s;
