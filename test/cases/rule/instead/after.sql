create schema app;
create table app.t (id integer, n integer);
create table app.log (id integer, what text);
create view app.v as select id, n from app.t;
create rule r as on insert to app.t do instead insert into app.log values (new.id, 'new');
