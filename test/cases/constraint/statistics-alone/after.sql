create schema app;
create table app.t (r int4range, constraint x exclude using gist ((r + r) with &&));
alter index app.x alter column 1 set statistics 100;
