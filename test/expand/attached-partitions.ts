/** Tables with rows that become partitions; each has rows that are in the way, which the checks before ATTACH name. */

export interface AttachedPartition {
  readonly before: string;
  readonly after: string;
  /** A row that the new partition must not have. */
  readonly wrong: string;
  readonly right: string;
  /** What is said of it. */
  readonly told: string;
  /** Tables of which ATTACH takes a check for a proof, one for each time. */
  readonly proven: readonly string[];
}

const twoColumns = 'a integer not null, b text, n integer, primary key (a, n)';

export const ATTACHED: { readonly [name: string]: AttachedPartition } = {
  'by a range of several columns': {
    before: `create schema app; create table app.p (a integer, b text, at date, n bigint) partition by range (a, b, at);
      create table app.old (a integer, b text, at date, n bigint);
      insert into app.old select 1 + x % 3, 'b' || x, date '2024-01-01' + x, x from generate_series(1, 1000) x;
      insert into app.old values (1, 'MINVALUE', '2024-02-03', -1), (4, 'y''s', '2024-02-02', -2);`,
    after: `create schema app; create table app.p (a integer, b text, at date, n bigint) partition by range (a, b, at);
      create table app.old (a integer, b text, at date, n bigint);
      alter table app.p attach partition app.old for values from (1, 'MINVALUE', '2024-02-03') to (4, 'y''s', '2024-02-03');`,
    wrong: `insert into app.old values (1, 'MINVALUE', '2024-02-02', 0), (4, 'y''s', '2024-02-03', 0), (4, null, '2024-02-03', 0)`,
    right: 'delete from app.old where n = 0',
    told: '3 rows of app.old break CHECK',
    proven: ['old'],
  },
  'by ranges with equal beginnings, one in the other': {
    before: `create schema app; create type app.mood as enum ('sad', 'ok'); create table app.p (a integer, b numeric, c app.mood, at timestamptz) partition by range (a, b, c);
      create table app.mid (a integer, b numeric, c app.mood, at timestamptz) partition by range (at, b);
      alter table app.p attach partition app.mid for values from (7, 1.50, minvalue) to (7, 3, maxvalue);
      create table app.old (a integer, b numeric, c app.mood, at timestamptz);
      insert into app.old select 7, 2, 'ok', timestamptz '2024-01-01 00:00+00' + x * interval '1 second' from generate_series(1, 1000) x;`,
    after: `create schema app; create type app.mood as enum ('sad', 'ok'); create table app.p (a integer, b numeric, c app.mood, at timestamptz) partition by range (a, b, c);
      create table app.mid (a integer, b numeric, c app.mood, at timestamptz) partition by range (at, b);
      alter table app.p attach partition app.mid for values from (7, 1.50, minvalue) to (7, 3, maxvalue);
      create table app.old (a integer, b numeric, c app.mood, at timestamptz);
      alter table app.mid attach partition app.old for values from ('2024-01-01', maxvalue) to (maxvalue, maxvalue);`,
    wrong: `insert into app.old values (7, 1, 'ok', '2025-01-01')`,
    right: 'delete from app.old where b = 1',
    told: '1 row of app.old break CHECK',
    proven: ['old'],
  },
  'by a range over expressions and a collation': {
    before: `create schema app; create table app.p (at timestamp, b text) partition by range (date_trunc('month', at), b collate "C", (at + interval '1 day'));
      create table app.old (at timestamp, b text);
      insert into app.old select timestamp '2024-01-01' + x * interval '1 hour', 'b' || x from generate_series(1, 1000) x;`,
    after: `create schema app; create table app.p (at timestamp, b text) partition by range (date_trunc('month', at), b collate "C", (at + interval '1 day'));
      create table app.old (at timestamp, b text);
      alter table app.p attach partition app.old for values from ('2024-01-01', 'A', minvalue) to ('2025-01-01', 'a', '2024-01-01');`,
    wrong: `insert into app.old values ('2023-12-31', 'b'), ('2025-01-01', 'b')`,
    right: `delete from app.old where at not between '2024-01-01' and '2024-12-31'`,
    told: '2 rows of app.old break CHECK',
    proven: ['old'],
  },
  'by a list with null': {
    before: `create schema app; create table app.p (a smallint, b text) partition by list (a);
      create table app.old (a smallint, b text); insert into app.old select case when x % 2 = 0 then -2 end from generate_series(1, 1000) x;`,
    after: `create schema app; create table app.p (a smallint, b text) partition by list (a);
      create table app.old (a smallint, b text); alter table app.p attach partition app.old for values in (1, null, -2);`,
    wrong: 'insert into app.old values (2)',
    right: 'delete from app.old where a = 2',
    told: '1 row of app.old break CHECK',
    proven: ['old'],
  },
  'by hash': {
    before: `create schema app; create type app.mood as enum ('sad', 'ok'); create table app."P p" (a bigint, at date, m app.mood) partition by hash (a, at, m);
      create table app."P p1" partition of app."P p" for values with (modulus 2, remainder 1);
      create table app.old (a bigint, at date, m app.mood);
      insert into app.old select x, date '2024-01-01' + x, 'ok' from generate_series(1, 1000) x
        where satisfies_hash_partition('app."P p"'::regclass, 2, 0, x::bigint, date '2024-01-01' + x, 'ok'::app.mood);`,
    after: `create schema app; create type app.mood as enum ('sad', 'ok'); create table app."P p" (a bigint, at date, m app.mood) partition by hash (a, at, m);
      create table app."P p1" partition of app."P p" for values with (modulus 2, remainder 1);
      create table app.old (a bigint, at date, m app.mood);
      alter table app."P p" attach partition app.old for values with (modulus 2, remainder 0);`,
    wrong: `insert into app.old select x, '2030-01-01', null from generate_series(1, 100) x
        where satisfies_hash_partition('app."P p"'::regclass, 2, 1, x::bigint, date '2030-01-01', null::app.mood) limit 1`,
    right: 'delete from app.old where m is null',
    told: '1 row of app.old break CHECK',
    proven: ['old'],
  },
  'as the DEFAULT of ranges, with another that becomes one': {
    before: `create schema app; create table app.p (${twoColumns}) partition by range (a, n);
      create table app.p1 partition of app.p for values from (1, 1) to (5, 5);
      create table app.p2 (${twoColumns}); insert into app.p2 values (6, 'b', 1);
      create table app.old (${twoColumns}); insert into app.old select 20 + x, 'b', x from generate_series(1, 1000) x;`,
    after: `create schema app; create table app.p (${twoColumns}) partition by range (a, n);
      create table app.old (${twoColumns});
      alter table app.p attach partition app.old default;
      create table app.p1 partition of app.p for values from (1, 1) to (5, 5);
      create table app.p2 partition of app.p for values from (5, 5) to (9, maxvalue);`,
    wrong: `insert into app.old values (9, 'x', 1), (1, 'y', 1)`,
    right: 'delete from app.old where a < 20',
    told: '2 rows of app.old break CHECK',
    proven: ['p2', 'old'],
  },
  'as the DEFAULT of lists': {
    before: `create schema app; create table app.p (a text) partition by list (lower(a));
      create table app.p1 partition of app.p for values in ('x', null); create table app.p2 partition of app.p for values in ('y', 'NULL');
      create table app.old (a text); insert into app.old select 'b' from generate_series(1, 1000) x;`,
    after: `create schema app; create table app.p (a text) partition by list (lower(a));
      create table app.p1 partition of app.p for values in ('x', null); create table app.p2 partition of app.p for values in ('y', 'NULL');
      create table app.old (a text); alter table app.p attach partition app.old default;`,
    wrong: `insert into app.old values ('Y'), (null), ('null')`,
    right: `delete from app.old where a is null or a = 'Y'`,
    told: '2 rows of app.old break CHECK',
    proven: ['old'],
  },
  'beside a DEFAULT partition': {
    before: `create schema app; create table app.p (a integer, n integer) partition by range (a);
      create table app.rest partition of app.p default; insert into app.p select null, x from generate_series(1, 1000) x;
      create table app.old (a integer, n integer); insert into app.old select 1 + x % 9, x from generate_series(1, 1000) x;`,
    after: `create schema app; create table app.p (a integer, n integer) partition by range (a);
      create table app.rest partition of app.p default;
      create table app.old (a integer, n integer); alter table app.p attach partition app.old for values from (1) to (10);`,
    wrong: 'insert into app.p values (5, 0)',
    right: 'delete from app.p where n = 0',
    told: '1 row of app.rest break CHECK',
    proven: ['old', 'rest'],
  },
};
