create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create statistics app.by_hand on a, c from app.t;
