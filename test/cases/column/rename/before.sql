create schema app;
create table app.t (id integer, client_id bigint not null default 5);
