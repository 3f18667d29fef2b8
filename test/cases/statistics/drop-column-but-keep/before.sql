create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create statistics app.s on a, c, "D e" from app.t;
