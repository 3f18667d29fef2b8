create schema app;
create type app.point as (x integer, y integer);
create domain app.spot as app.point;
create table app.t (id integer, p app.point not null, s app.spot not null);
