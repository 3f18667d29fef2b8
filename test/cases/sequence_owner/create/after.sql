create schema app;
create sequence app.s owned by app.t.id;
create table app.t (id integer default nextval('app.s'));
