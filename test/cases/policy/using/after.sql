create schema app;
create table app.t (id integer, owner text, n integer);
create table app.members (id integer, name text);
alter table app.t enable row level security;
create policy p on app.t using (n > 3);
