create schema app;
create table app.t (a text, b integer);
alter table app.t alter column a set statistics 5, alter column b set (n_distinct = 7, n_distinct_inherited = 8);
