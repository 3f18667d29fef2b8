create schema app;
create table app.t (a integer primary key, b text unique check (b <> ''));
create index t_b on app.t (lower(b)) where b <> 'q';
create table app.r (t integer references app.t);
