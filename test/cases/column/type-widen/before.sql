create schema app;
create table app.t (a character varying(10), b numeric(10,2), c timestamp(3), d integer);
