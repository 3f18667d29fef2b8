create schema app;
create table app.t (id integer);
create sequence app.s owned by app.t.id;
alter table app.t alter column id set default nextval('app.s');
