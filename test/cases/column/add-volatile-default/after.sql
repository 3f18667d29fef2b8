create schema app;
create table app.t (a integer, b uuid default gen_random_uuid());
