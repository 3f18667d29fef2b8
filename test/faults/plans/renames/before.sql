create schema app;
create table app.client (id bigint primary key, fullname text not null, phone text);
create table app.visit (id bigint primary key, client_id bigint references app.client (id), at timestamptz);
create view app.visits_of as select v.id, c.fullname from app.visit v join app.client c on c.id = v.client_id;
create index visit_client on app.visit (client_id);
insert into app.client select i, 'n' || i, null from generate_series(1, 40) i;
insert into app.visit select i, 1 + i % 40, now() from generate_series(1, 120) i;
