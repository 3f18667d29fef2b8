create schema app;
create table app.log (id bigint not null, at date not null, text text) partition by range (at);
create table app.log_2024 (id bigint not null, at date not null, text text);
create index log_2024_at_idx on app.log_2024 (at);
create table app.log_2025 partition of app.log for values from ('2025-01-01') to ('2026-01-01');
create table app.log_2026 (id bigint not null, at date not null, text text);
alter table app.log attach partition app.log_2026 for values from ('2026-01-01') to ('2027-01-01');
create table app.log_2027 partition of app.log for values from ('2027-01-01') to ('2028-01-01');
create index log_at on app.log (at);
