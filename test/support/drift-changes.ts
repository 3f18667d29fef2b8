/** A schema, and DDL that somebody else does to it while a plan for it is on its way. Knows nothing of schemactl but addresses. */

/** One of every kind that a change below changes; `app` is what a plan manages, `other` is not. */
export const BEFORE = `
  create schema app;
  create type app.mood as enum ('sad', 'happy');
  create domain app.percent as integer check (value between 0 and 100);
  create sequence app.numbers;
  create function app.twice(n integer) returns integer language sql immutable as 'select n * 2';
  create function app.touch() returns trigger language plpgsql as 'begin return new; end';
  create table app.orders (id bigint generated always as identity primary key, total integer not null default 0, note text, state app.mood);
  create index orders_note on app.orders (note);
  create trigger touched before update on app.orders for each row execute function app.touch();
  create view app.totals as select id, total from app.orders;
  create table app.secrets (id bigint primary key, owner name not null);
  alter table app.secrets enable row level security;
  create policy own on app.secrets using (owner = current_user);
  create table app.events (id bigint, at date not null) partition by range (at);
  create table app.events_2025 partition of app.events for values from ('2025-01-01') to ('2026-01-01');
  create table app.unused (id integer);
  comment on table app.orders is 'what was ordered';
  create table app.planned (id integer);
  insert into app.orders (total, note) select n, 'note ' || n from generate_series(1, 20) n;
  create schema other;
  create table other.things (id integer primary key, name text);
  create function other.one() returns integer language sql as 'select 1';
`;

/** The part of it that is managed, as the desired state says it: without the rows and the other schema. */
export const DESIRED = BEFORE.replace(/\n\s*insert [^;]*;/, '').replace(/\n\s*create schema other;[\s\S]*/, '\n');

/** DDL within the scope, and the address that a refusal names when it was not there as the plan was made; `role` is one that it may name. */
export const changesWithin = (role: string): readonly (readonly [what: string, sql: string, address: string])[] => [
  ['a column added', 'alter table app.orders add column extra text', 'column:app.orders.extra'],
  ['a type changed', 'alter table app.orders alter column note type varchar(500)', 'column:app.orders.note'],
  ['a default changed', 'alter table app.orders alter column total set default 7', 'default:app.orders.total'],
  ['a constraint added', 'alter table app.orders add constraint positive check (total >= 0)', 'constraint:app.orders.positive'],
  ['an index added', 'create index orders_total on app.orders (total)', 'index:app.orders.orders_total'],
  ['a view replaced', 'create or replace view app.totals as select id, total + 1 as total from app.orders', 'view:app.totals'],
  [
    'a function body changed',
    `create or replace function app.twice(n integer) returns integer language sql immutable as 'select n * 3'`,
    'function:app.twice(integer)',
  ],
  [
    'a trigger added',
    'create trigger again after insert on app.orders for each row execute function app.touch()',
    'trigger:app.orders.again',
  ],
  ['a trigger disabled', 'alter table app.orders disable trigger touched', 'trigger:app.orders.touched'],
  ['an enum value added', `alter type app.mood add value 'calm'`, 'enum:app.mood'],
  ['a sequence option changed', 'alter sequence app.numbers increment by 5', 'sequence:app.numbers'],
  ['a domain changed', 'alter domain app.percent set not null', 'domain:app.percent'],
  ['a policy changed', 'alter policy own on app.secrets using (true)', 'policy:app.secrets.own'],
  ['a privilege granted', `grant select on app.orders to ${role}`, `privilege:table:app.orders@${role}`],
  [
    'a default privilege granted',
    `alter default privileges in schema app grant select on tables to ${role}`,
    `default_privilege:app.postgres.tables@${role}`,
  ],
  ['a comment changed', `comment on table app.orders is 'something else'`, 'comment:table:app.orders'],
  ['a storage parameter set', 'alter table app.orders set (fillfactor = 70)', 'table:app.orders'],
  ['a table renamed', 'alter table app.unused rename to used', 'table:app.used'],
  ['a table added', 'create table app.brand_new (id integer)', 'table:app.brand_new'],
  ['a table dropped', 'drop table app.unused', 'table:app.unused'],
  ['row-level security switched on', 'alter table app.orders enable row level security', 'table:app.orders'],
  ['an owner changed', `alter table app.orders owner to ${role}`, 'owner:table:app.orders'],
  [
    'a partition added',
    `create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01')`,
    'table:app.events_2026',
  ],
  ['an extension added', 'create extension citext schema app', 'extension:citext'],
];
