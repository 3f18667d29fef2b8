create schema app;
create table app.t (a bigint primary key, b character varying(30) unique check (b <> ''));
create index t_b on app.t (lower(b)) where b <> 'q';
create table app.r (t bigint references app.t);
