create schema app;
create table app.t (a integer, b text default 'x', c numeric(6,2) not null default 1.5, d timestamp with time zone default now());
