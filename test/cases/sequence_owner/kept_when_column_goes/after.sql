create schema app;
create sequence app.t_id_seq as integer;
create table app.t (v text);
