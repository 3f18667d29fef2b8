create schema app;
create schema elsewhere;
create table app.events (id bigint primary key, kind text, payload text);
create index events_id_idx on app.events (id);
