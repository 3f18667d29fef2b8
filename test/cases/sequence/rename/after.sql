create schema app;
-- schemactl: renamed_from s
create sequence app.n;
create table app.t (id bigint default nextval('app.n'));
