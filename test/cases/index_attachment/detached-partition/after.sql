create schema app;
create table app.events (id integer not null, day date not null, kind text) partition by range (day);
create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01');
create table app.events_2027 (id integer not null, day date not null, kind text);
create index events_2027_kind_idx on app.events_2027 (kind);
create table app.kinds (id integer primary key, name text unique);
create index events_kind on app.events (kind);
