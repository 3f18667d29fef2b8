create schema app;
create table app.t (a integer);
alter table app.t enable row level security;
alter table app.t force row level security;
