create schema app;
create table app.t (a bigint, b text);
create view app.v as select a, b from app.t;
create view app.w as select a from app.v;
