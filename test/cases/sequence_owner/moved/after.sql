create schema app;
create sequence app.t_id_seq as integer owned by app.t.other;
create table app.t (id integer not null default nextval('app.t_id_seq'), other integer);
