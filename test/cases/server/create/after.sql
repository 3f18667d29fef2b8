create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create server s2 type 'pg' version '15' foreign data wrapper w options (host 'h', "Odd name" 'a=b');
comment on server s2 is 's';
alter server s2 owner to postgres;
grant usage on foreign server s2 to pg_monitor;
