/** Tables with rows that become partitioned, with what leans on them, what is written between the phases, and what holds at the end; data for tests. */
import type { LargeTableChange } from './changes.js';

export const PARTITIONED: Readonly<Record<string, LargeTableChange>> = {
  'by range, numbered by a serial, below another table and above one that refers to it': {
    before: `create schema app;
      create table app.people (id integer primary key);
      create table app.bills (id serial primary key, who integer not null references app.people on delete cascade, cents integer default 1);
      create table app.payments (id integer primary key, bill integer not null references app.bills on delete cascade);
      create materialized view app.sums as select who, sum(cents) as cents from app.bills group by who;`,
    after: `create schema app;
      create table app.people (id integer primary key);
      create table app.bills (id serial primary key, who integer not null references app.people on delete cascade, cents integer default 1)
        partition by range (id);
      create table app.bills_low partition of app.bills for values from (minvalue) to (1000);
      create table app.bills_high partition of app.bills for values from (1000) to (maxvalue);
      create table app.payments (id integer primary key, bill integer not null references app.bills on delete cascade);
      create materialized view app.sums as select who, sum(cents) as cents from app.bills group by who;`,
    rows: `insert into app.people select n from generate_series(1, 50) n;
      insert into app.bills (who, cents) select 1 + n % 50, n from generate_series(1, 3000) n;
      insert into app.payments select n, n from generate_series(1, 3000) n`,
    meanwhile: `delete from app.people where id = 7; insert into app.bills (who) values (1); insert into app.payments values (3001, 3001)`,
    holds: `select nextval('app.bills_id_seq') = 3002 and count(*) = 2941 and (select count(*) = 2941 from app.payments)
      and pg_get_serial_sequence('app.bills', 'id') = 'app.bills_id_seq' from app.bills`,
  },
  'by hash, with an index over an expression, statistics and a name that needs quotes': {
    before: `create schema app;
      create table app."Words" (id integer primary key, "a word" text, size integer check (size in (0, 1, 2) or size between 3 and 9));
      create index words_lower on app."Words" (lower("a word")) where size > 1;
      create statistics app.both on "a word", size from app."Words";`,
    after: `create schema app;
      create table app."Words" (id integer primary key, "a word" text, size integer check (size in (0, 1, 2) or size between 3 and 9)) partition by hash (id);
      create table app."Words 0" partition of app."Words" for values with (modulus 2, remainder 0);
      create table app."Words 1" partition of app."Words" for values with (modulus 2, remainder 1);
      create index words_lower on app."Words" (lower("a word")) where size > 1;
      create statistics app.both on "a word", size from app."Words";`,
    rows: `insert into app."Words" select n, nullif(md5(n::text), md5('5')), n % 10 from generate_series(1, 3000) n`,
    meanwhile: `truncate app."Words"; insert into app."Words" select n, 'w' || n, 1 from generate_series(1, 100) n; update app."Words" set "a word" = null where id = 3`,
    holds: `select count(*) = 100 and count("a word") = 99 and count(distinct tableoid) = 2 from app."Words"`,
  },
  'by list and range, with DEFAULT below, without an order in the key': {
    before: `create schema app;
      create table app.visits (place text not null, at timestamptz not null, n integer not null, note text, unique (at, n, place));`,
    after: `create schema app;
      create table app.visits (place text not null, at timestamptz not null, n integer not null, note text, unique (at, n, place)) partition by list (place);
      create table app.visits_x partition of app.visits for values in ('x', 'y') partition by range (at);
      create table app.visits_x_old partition of app.visits_x for values from (minvalue) to ('2024-01-01');
      create table app.visits_x_new partition of app.visits_x default;
      create table app.visits_rest partition of app.visits default;`,
    rows: `insert into app.visits select (array['x', 'y', 'z'])[1 + n % 3], timestamptz '2023-12-01' + n * interval '1 hour', n, 'n' from generate_series(1, 3000) n`,
    meanwhile: `update app.visits set place = case place when 'x' then 'z' else 'x' end where n % 2 = 0; delete from app.visits where n % 5 = 0`,
    holds: `select count(*) = 2400 and count(distinct tableoid) = 3 and bool_and(note = 'n') from app.visits`,
  },
  'under a rule, a publication, a replica identity, privileges on columns, a function and a foreign key that gets another column': {
    before: `create schema app;
      create table app.t (id bigint generated always as identity (start with 10) primary key, at date not null default '2024-05-05', n integer, constraint few check (n < 5000));
      create unique index t_by on app.t (id, at);
      alter table app.t replica identity using index t_by;
      create table app.seen (t bigint references app.t, n integer);
      create rule never as on delete to app.t where old.n = 1 do instead nothing;
      create publication news for table app.t;
      grant select (id), update (n) on app.t to public;
      create function app.largest() returns integer begin atomic select max(n) from app.t; end;
      create function app.of(t app.t) returns integer language sql as 'select 1';`,
    after: `create schema app;
      create table app.t (id bigint generated always as identity (start with 10), at date not null default '2024-05-05', n integer, primary key (id, at), constraint few check (n < 5000))
        partition by range (at);
      create table app.t_a partition of app.t for values from (minvalue) to ('2025-01-01');
      create table app.t_b partition of app.t for values from ('2025-01-01') to (maxvalue);
      create unique index t_by on app.t (id, at);
      alter table app.t replica identity using index t_by;
      create table app.seen (t bigint, n integer, at date, foreign key (t, at) references app.t);
      create rule never as on delete to app.t where old.n = 1 do instead nothing;
      create publication news for table app.t;
      grant select (id), update (n) on app.t to public;
      create function app.largest() returns integer begin atomic select max(n) from app.t; end;
      create function app.of(t app.t) returns integer language sql as 'select 1';`,
    rows: `insert into app.t (at, n) select date '2024-01-01' + n, n from generate_series(1, 1000) n; insert into app.seen select id, n from app.t`,
    meanwhile: `insert into app.t (n) values (1001); delete from app.seen where n < 10; delete from app.t where n < 10`,
    holds: `select count(*) = 993 and max(id) = 1010 and app.largest() = 1001 and count(distinct tableoid) = 2 from app.t`,
  },
  'no longer, with what only its partitions had': {
    before: `create schema app;
      create table app.t (id integer generated by default as identity, at date not null, n integer, primary key (id, at)) partition by range (at);
      create table app.t_a partition of app.t for values from (minvalue) to ('2025-01-01') partition by hash (id);
      create table app.t_a_0 partition of app.t_a for values with (modulus 2, remainder 0);
      create table app.t_a_1 partition of app.t_a for values with (modulus 2, remainder 1);
      create table app.t_b partition of app.t default;
      create index t_n on app.t (n);
      create index t_b_at on app.t_b (at);
      comment on table app.t_b is 'the rest';
      grant select on app.t_b to public;
      create view app.late as select id from app.t_b;
      create view app.all as select id, n from app.t;`,
    after: `create schema app;
      create table app.t (id integer generated by default as identity, at date not null, n integer, primary key (id, at));
      create index t_n on app.t (n);
      create view app.all as select id, n from app.t;`,
    rows: `insert into app.t (at, n) select date '2024-01-01' + n, n from generate_series(1, 1000) n`,
    meanwhile: `update app.t set at = at + 365 where n % 3 = 0; delete from app.t where n < 10; insert into app.t (at, n) values ('2030-01-01', 1001)`,
    holds: `select count(*) = 992 and max(id) = 1001 and count(distinct tableoid) = 1 and max(at) = '2030-01-01' from app.t`,
  },
  'by another key, from other partitions': {
    before: `create schema app;
      create table app.t (id integer not null, n integer not null, note text, unique (id, n)) partition by range (id);
      create table app.t_low partition of app.t for values from (minvalue) to (500);
      create table app.t_high partition of app.t for values from (500) to (maxvalue);`,
    after: `create schema app;
      create table app.t (id integer not null, n integer not null, note text, unique (id, n)) partition by list (n);
      create table app.t_0 partition of app.t for values in (0);
      create table app.t_rest partition of app.t default;`,
    rows: `insert into app.t select n, n % 3, 'n' || n from generate_series(1, 1000) n`,
    meanwhile: `update app.t set n = 0 where id = 7; update app.t set id = id + 1000 where id in (1, 600); delete from app.t where id = 8`,
    holds: `select count(*) = 999 and sum(id) = 500500 + 2000 - 8 and count(distinct tableoid) = 2 and (select count(*) = 334 from app.t_0) from app.t`,
  },
};
