create schema app;
create access method second_heap type table handler heap_tableam_handler;
create table app.t_method (id integer) using heap;
create table app.t_rls (id integer);
create table app.t_force (id integer);
alter table app.t_force enable row level security;
