create schema app;
create type app.mood as enum ('c', 'a');
create table app.t (
  id integer primary key,
  m app.mood not null default 'a',
  ms app.mood[] default '{a,c}',
  check (m <> 'c'),
  check (m in ('a', 'c'))
);
create index t_m on app.t (m);
create index t_m_a on app.t (id) where m = 'a';
create table app.u (m app.mood, id integer unique);
create view app.v as select id, m from app.t where m = 'a';
create function app.f(app.mood) returns app.mood language sql as 'select $1';
comment on type app.mood is 'how it is';
comment on column app.t.m is 'the mood';
comment on view app.v is 'a view';
