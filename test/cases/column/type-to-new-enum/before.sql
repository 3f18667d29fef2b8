create schema app;
create table app.t (e text default 'a');
