create schema app;
create table app.t (a character varying(20), b numeric(12,2), c timestamp, d bigint);
