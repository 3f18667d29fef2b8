create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create table app.p (id integer not null, b text, c integer) partition by range (id);
create foreign table app.p1 partition of app.p for values from (1) to (10) server s options (a 'c');
create table app.parent (a integer not null, z text);
create foreign table app.child (x integer options (k 'v')) inherits (app.parent) server s;
