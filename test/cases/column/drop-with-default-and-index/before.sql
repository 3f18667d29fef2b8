create schema app;
create table app.t (a integer, b text default 'x');
create index t_b on app.t (b);
