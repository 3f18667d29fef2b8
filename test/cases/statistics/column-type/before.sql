create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create statistics app.s on a, (c + 1) from app.t;
alter statistics app.s set statistics 9;
comment on statistics app.s is 'x';
alter statistics app.s owner to pg_monitor;
