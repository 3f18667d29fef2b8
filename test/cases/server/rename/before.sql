create schema app;
create foreign data wrapper w;
create server a foreign data wrapper w;
create foreign table app.t (a integer) server a;
