create schema app;
create table app.t (a text, b integer);
alter table app.t alter column b set statistics 9, alter column b set (n_distinct = 6);
