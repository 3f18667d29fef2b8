create extension btree_gist;
create schema app;
create table app.t (id integer, n integer, note text);
create table app.other (id integer);
create view app.v as select id, n from app.t;
create function app.f() returns trigger language plpgsql as 'begin return new; end';
create function app.g() returns trigger language plpgsql as 'begin return null; end';
create trigger x before insert on app.t for each row execute function app.f();
alter trigger x on app.t depends on extension btree_gist;
