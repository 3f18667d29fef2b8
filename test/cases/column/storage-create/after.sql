create schema app;
create table app.other (z integer);
create table app.t (a text, b text, c integer);
alter table app.t alter column a set storage main, alter column b set compression pglz, alter column c set statistics 200, alter column c set (n_distinct = -0.5);
