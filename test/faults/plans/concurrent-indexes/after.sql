create schema app;
create table app.orders (id bigint primary key, customer bigint not null, code text not null, placed_at timestamptz not null default now());
create index orders_customer on app.orders (customer, placed_at desc);
create unique index orders_code on app.orders (lower(code)) where customer > 0;
create table app.events (id bigint not null, at date not null, kind text not null) partition by range (at);
create table app.events_2025 partition of app.events for values from ('2025-01-01') to ('2026-01-01');
create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01');
create index events_kind on app.events (kind);
comment on index app.orders_customer is 'who bought when';
