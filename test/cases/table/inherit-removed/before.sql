create schema app;
create table app.base (id bigint);
create table app.child (extra integer) inherits (app.base);
