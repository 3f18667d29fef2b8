create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table app.t (a integer default 1, check (a > 0)) server s;
create view app.v as select a from app.t;
