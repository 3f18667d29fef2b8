create schema app;
create table app.base (a integer not null);
create table app.child (extra integer) inherits (app.base);
