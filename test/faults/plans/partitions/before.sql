create schema app;
create table app.log (id bigint not null, at date not null, text text) partition by range (at);
create table app.log_2024 partition of app.log for values from ('2024-01-01') to ('2025-01-01');
create table app.log_2025 partition of app.log for values from ('2025-01-01') to ('2026-01-01');
create table app.log_2026 (id bigint not null, at date not null, text text);
create index log_at on app.log (at);
insert into app.log select i, date '2024-01-01' + i, 't' from generate_series(1, 600) i;
insert into app.log_2026 select i, date '2026-01-01' + i, 't' from generate_series(1, 100) i;
