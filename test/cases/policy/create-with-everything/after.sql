create schema app;
create table app.t (id integer, owner text, n integer);
create table app.members (id integer, name text);
alter table app.t enable row level security;
create policy "My Policy" on app.t as restrictive for update to pg_monitor, pg_read_all_stats using (n > 0) with check (exists (select from app.members m where m.id = t.id));
