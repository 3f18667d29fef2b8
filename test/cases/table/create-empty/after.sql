create schema app;
create table app.nothing ();
