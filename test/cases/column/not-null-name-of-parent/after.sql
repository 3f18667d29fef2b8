create schema app;
create table app.t (a integer constraint two not null);
create table app.u (b integer) inherits (app.t);
create table app.p (a integer constraint two not null) partition by list (a);
create table app.p1 partition of app.p for values in (1);
