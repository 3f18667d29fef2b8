create schema app;
create domain app.a as integer default 1 constraint positive check (value > 0);
create table app.t (id integer, a app.a not null default 5, aa app.a[], check (a < 100));
create index t_a on app.t (a);
create view app.v as select a from app.t;
comment on domain app.a is 'a number';
