create schema app;
create type app.point as (x integer, y integer);
create type app.named as (label character varying(20) collate "C", at app.point, tags text[], "Odd" numeric(4,1));
create type app.nothing as ();
create table app.t (n app.named);
comment on type app.named is 'a named point';
