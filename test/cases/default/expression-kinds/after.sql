create schema app;
create table app.t (
  a integer default 1,
  b jsonb default '{"x": [1, 2]}',
  c text[] default array['a', 'b'],
  d interval default '1 day',
  e text default current_user,
  f bytea default '\x00ff',
  g date default (now() + interval '1 day')::date,
  h bit(3) default b'101',
  i integer default -1
);
