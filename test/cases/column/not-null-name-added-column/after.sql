create schema app;
create table app.t (id integer primary key, a integer default 1 constraint present not null);
