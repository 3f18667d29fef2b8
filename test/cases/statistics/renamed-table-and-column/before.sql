create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create statistics app.s on a, b, (c + 1) from app.t;
