create schema app;
create table app.t (a integer, c integer, "D e" integer);
create statistics app.s on a, c from app.t;
