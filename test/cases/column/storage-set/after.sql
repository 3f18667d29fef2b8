create schema app;
create table app.t (a text, b text);
alter table app.t alter column a set storage external, alter column b set compression pglz;
