create schema app;
create table app.t (a integer default 2, b timestamp default current_timestamp);
