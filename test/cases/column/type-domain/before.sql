create schema app;
create domain app.d as character varying(10);
create table app.t (a text, b app.d);
