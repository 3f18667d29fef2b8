create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
-- schemactl: renamed_from s
create statistics app.s2 on a, b from app.t;
