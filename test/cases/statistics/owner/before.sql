create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create statistics app.s on a, b from app.t;
alter statistics app.s owner to pg_read_all_stats;
