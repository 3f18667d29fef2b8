create schema app;
create table app.base (id bigint not null, note text);
create table app.child (extra integer) inherits (app.base);
