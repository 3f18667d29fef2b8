create schema app;
create table app.t (a character varying, b timestamp default current_date, c bigint default 1 + 1);
