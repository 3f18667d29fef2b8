create schema app;
create table app.readings (sensor bigint not null, at timestamptz not null, value double precision, constraint readings_pkey primary key (sensor, at));
create index readings_at on app.readings (at);
create view app.latest as select sensor, max(at) as at from app.readings group by sensor;
create table app.sensors (id bigint primary key, name text not null);
insert into app.sensors select i, 's' || i from generate_series(1, 30) i;
