create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
set search_path = app;
create statistics on a, b from t;
