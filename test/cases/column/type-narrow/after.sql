create schema app;
create table app.t (a character varying(5), b integer, c numeric(10,2));
