create schema app;
create collation app.c (provider = icu, locale = 'de');
create table app.t (name text);
create index t_name on app.t (name collate app.c);
