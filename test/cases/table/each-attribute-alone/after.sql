create schema app;
create access method second_heap type table handler heap_tableam_handler;
create table app.t_method (id integer) using second_heap;
create table app.t_rls (id integer);
alter table app.t_rls enable row level security;
create table app.t_force (id integer);
alter table app.t_force enable row level security;
alter table app.t_force force row level security;
