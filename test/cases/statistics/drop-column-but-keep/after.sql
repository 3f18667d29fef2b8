create schema app;
create table app.t (a integer, b text, c integer);
create statistics app.s on a, c from app.t;
