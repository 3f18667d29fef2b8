create schema app;
create table app.t (a bigint default 5, b integer default 7, c character varying(10) default 'x');
