create schema app;
create table app.t (a character varying(20));
alter table app.t alter column a set storage external, alter column a set compression pglz, alter column a set statistics 5, alter column a set (n_distinct = 7);
