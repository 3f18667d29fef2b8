create schema app;
create table app.t (id integer not null, other integer);
create sequence app.t_id_seq as integer owned by app.t.other;
alter table app.t alter column id set default nextval('app.t_id_seq');
