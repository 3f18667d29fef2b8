create schema app;
create table app.t (a integer default 1, b timestamp default now());
