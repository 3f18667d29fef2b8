create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create table app.p (id integer not null, b text, c integer) partition by range (id);
create foreign table app.p1 partition of app.p for values from (1) to (10) server s options (a 'b');
create table app.parent (a integer, z text);
create foreign table app.child (x integer) inherits (app.parent) server s;
