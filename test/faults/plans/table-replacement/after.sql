create schema app;
create table app.readings (
  sensor bigint not null, at timestamptz not null, value double precision, constraint readings_pkey primary key (sensor, at)
) partition by range (at);
create table app.readings_old partition of app.readings for values from (minvalue) to ('2026-01-01 00:00:00+00');
create table app.readings_new partition of app.readings for values from ('2026-01-01 00:00:00+00') to (maxvalue);
create index readings_at on app.readings (at);
create view app.latest as select sensor, max(at) as at from app.readings group by sensor;
create table app.sensors (id bigint primary key, name text not null, model text);
