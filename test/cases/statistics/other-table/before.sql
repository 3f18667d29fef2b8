create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create table app.u (a integer, b text);
create statistics app.s on a, b from app.t;
