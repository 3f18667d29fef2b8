create schema app;
create sequence app.s;
create table app.t (id bigint default nextval('app.s'));
