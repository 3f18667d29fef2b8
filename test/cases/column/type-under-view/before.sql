create schema app;
create table app.t (a integer, b text);
create view app.v as select a, b from app.t;
create view app.w as select a from app.v;
