create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create statistics app.s (mcv) on a, b from app.t;
