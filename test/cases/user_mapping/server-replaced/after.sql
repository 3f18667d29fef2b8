create schema app;
create foreign data wrapper w;
create server s type 'x' foreign data wrapper w;
create user mapping for public server s;
create foreign table app.t (a integer) server s;
