create schema app;
create table app.p (id bigint not null, at date not null, note text default 'x') partition by range (at);
create table app.p1 partition of app.p for values from ('2024-01-01') to ('2025-01-01');
