create schema app;
create table app.t (id integer, n integer, note text);
create table app.other (id integer);
create view app.v as select id, n from app.t;
create function app.f() returns trigger language plpgsql as 'begin return new; end';
create function app.g() returns trigger language plpgsql as 'begin return null; end';
create trigger "Watch It" after update on app.t referencing old table as o new table as "N" for each statement execute function app.f('a''b', 'c\d', '');
