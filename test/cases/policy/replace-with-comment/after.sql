create schema app;
create table app.t (id integer, owner text, n integer);
create table app.members (id integer, name text);
alter table app.t enable row level security;
create policy p on app.t for select using (owner = current_user);
comment on policy p on app.t is 'c';
