create schema app;
create collation app.c (provider = icu, locale = 'und-u-ks-level2');
create table app.t (id integer primary key, name varchar(40) collate app.c not null default 'x', other text collate app.c, n integer);
create index t_name on app.t (name);
alter table app.t add constraint t_other unique (other);
alter table app.t add constraint t_check check (name > 'a');
create view app.v as select name, n from app.t;
comment on collation app.c is 'c';
