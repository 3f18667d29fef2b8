create schema app;
create table app.orders (id bigint primary key, customer bigint not null, code text not null, placed_at timestamptz not null default now());
create index orders_placed_at on app.orders (placed_at);
create table app.events (id bigint not null, at date not null, kind text not null) partition by range (at);
create table app.events_2025 partition of app.events for values from ('2025-01-01') to ('2026-01-01');
create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01');
insert into app.orders select i, i % 7, 'c' || i from generate_series(1, 500) i;
insert into app.events select i, date '2025-06-01' + i, 'k' || i % 3 from generate_series(1, 400) i;
