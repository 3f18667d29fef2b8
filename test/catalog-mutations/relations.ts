/** Changes of pg_class, pg_attrdef, pg_inherits, pg_partitioned_table and pg_sequence. */
import { mutation, remake } from './mutation.js';

const TABLE = 'create table app.t (a int, b text)';
const SEQUENCE = 'create sequence app.s';
const PARTITIONED = 'create table app.p (a int, b text) partition by list (a)';
const PARTITION = `${PARTITIONED}; create table app.p1 partition of app.p for values in (1)`;
const HEAP = 'create access method heap_again type table handler heap_tableam_handler';
const DROP_P = 'drop table app.p';
const key = (columns: string, before: string, after: string) =>
  remake(
    columns,
    '',
    DROP_P,
    `create table app.p (a text, b text) partition by ${before}`,
    `create table app.p (a text, b text) partition by ${after}`,
  );

export const relationMutations = [
  mutation('pg_class.relname', TABLE, 'alter table app.t rename to u'),
  mutation('pg_class.relname', 'create view app.v as select 1 as a', 'alter view app.v rename to w'),
  mutation('pg_class.relname', 'create materialized view app.v as select 1 as a', 'alter materialized view app.v rename to w'),
  mutation('pg_class.relname', SEQUENCE, 'alter sequence app.s rename to r'),
  mutation('pg_class.relname', `${TABLE}; create index i on app.t (a)`, 'alter index app.i rename to j'),
  mutation('pg_class.relname', 'create type app.c as (a int)', 'alter type app.c rename to d'),
  mutation('pg_class.relnamespace', TABLE, 'alter table app.t set schema other'),
  mutation('pg_class.relnamespace', SEQUENCE, 'alter sequence app.s set schema other'),
  remake('pg_class.oid pg_class.reltype', '', 'drop table app.t', TABLE, TABLE),
  mutation('pg_class.reloftype', 'create type app.c as (a int); create table app.t of app.c', 'alter table app.t not of'),
  ...(['table', 'view', 'materialized view', 'sequence'] as const).map((what) => {
    const make = {
      table: TABLE,
      view: 'create view app.t as select 1 as a',
      'materialized view': 'create materialized view app.t as select 1 as a',
      sequence: 'create sequence app.t',
    }[what];
    return mutation('pg_class.relowner', `${make}; alter ${what} app.t owner to mutation_a`, `alter ${what} app.t owner to mutation_b`);
  }),
  ...(['table', 'view', 'materialized view', 'sequence'] as const).map((what) => {
    const make = {
      table: TABLE,
      view: 'create view app.t as select 1 as a',
      'materialized view': 'create materialized view app.t as select 1 as a',
      sequence: 'create sequence app.t',
    }[what];
    const on = what === 'sequence' ? 'sequence app.t' : 'app.t';
    return mutation('pg_class.relacl', `${make}; grant select on ${on} to mutation_a`, `grant update on ${on} to mutation_a`);
  }),
  mutation('pg_class.relacl', `${TABLE}; grant select on app.t to mutation_a`, 'grant select on app.t to mutation_a with grant option'),
  mutation('pg_class.relam', `${TABLE}; ${HEAP}`, 'alter table app.t set access method heap_again', { since: 15 }),
  mutation(
    'pg_class.relam',
    `create materialized view app.v as select 1 as a; ${HEAP}`,
    'alter materialized view app.v set access method heap_again',
    { since: 15 },
  ),
  mutation('pg_class.relam', `${PARTITIONED}; ${HEAP}`, 'alter table app.p set access method heap_again', { since: 17 }),
  remake('pg_class.relam', TABLE, 'drop index app.i', 'create index i on app.t (a)', 'create index i on app.t using hash (a)'),
  mutation('pg_class.reltablespace', TABLE, 'alter table app.t set tablespace mutation_space'),
  mutation('pg_class.reltablespace', PARTITIONED, 'alter table app.p set tablespace mutation_space'),
  mutation('pg_class.reltablespace', `${TABLE}; create index i on app.t (a)`, 'alter index app.i set tablespace mutation_space'),
  mutation('pg_class.reltablespace', 'create table app.t (a int primary key)', 'alter index app.t_pkey set tablespace mutation_space'),
  mutation(
    'pg_class.reltablespace',
    'create materialized view app.v as select 1 as a',
    'alter materialized view app.v set tablespace mutation_space',
  ),
  mutation('pg_class.relpersistence', TABLE, 'alter table app.t set unlogged'),
  mutation('pg_class.relpersistence', SEQUENCE, 'alter sequence app.s set unlogged', { since: 15 }),
  remake('pg_class.relkind', '', 'drop table app.t', TABLE, "create view app.t as select 1 as a, text '' as b"),
  mutation('pg_class.relrowsecurity', TABLE, 'alter table app.t enable row level security'),
  mutation('pg_class.relrowsecurity', PARTITIONED, 'alter table app.p enable row level security'),
  mutation('pg_class.relforcerowsecurity', TABLE, 'alter table app.t force row level security'),
  mutation('pg_class.relreplident', TABLE, 'alter table app.t replica identity full'),
  mutation(
    'pg_class.relreplident',
    'create materialized view app.v as select 1 as a',
    'alter materialized view app.v replica identity full',
  ),
  mutation('pg_class.relispartition', `${PARTITIONED}; ${TABLE}`, 'alter table app.p attach partition app.t default'),
  mutation(
    'pg_class.relpartbound',
    PARTITION,
    'alter table app.p detach partition app.p1; alter table app.p attach partition app.p1 for values in (2)',
  ),
  mutation('pg_class.reloptions', TABLE, 'alter table app.t set (fillfactor = 70)'),
  mutation('pg_class.reloptions', TABLE, 'alter table app.t set (toast.autovacuum_enabled = off)'),
  mutation('pg_class.reloptions', PARTITION, 'alter table app.p1 set (autovacuum_enabled = off)'),
  mutation('pg_class.reloptions', 'create view app.v as select 1 as a', 'alter view app.v set (security_barrier)'),
  mutation('pg_class.reloptions', 'create materialized view app.v as select 1 as a', 'alter materialized view app.v set (fillfactor = 70)'),
  mutation('pg_class.reloptions', `${TABLE}; create index i on app.t (a)`, 'alter index app.i set (fillfactor = 70)'),
  mutation('pg_class.reloptions', 'create table app.t (a int primary key)', 'alter index app.t_pkey set (fillfactor = 70)'),
  mutation('pg_class.relnatts', TABLE, 'alter table app.t add column c int'),
  mutation('pg_class.relchecks', TABLE, 'alter table app.t add check (a > 0)'),
  mutation('pg_class.relhasindex', TABLE, 'create index on app.t (a)'),
  mutation('pg_class.relhasrules', TABLE, 'create rule r as on insert to app.t do instead nothing'),
  mutation(
    'pg_class.relhastriggers',
    `${TABLE}; create function app.f() returns trigger language plpgsql as 'begin return new; end'`,
    'create trigger g before insert on app.t for each row execute function app.f()',
  ),
  mutation('pg_class.relhassubclass', TABLE, 'create table app.u () inherits (app.t)'),
  mutation('pg_class.reltoastrelid', 'create table app.t (a int)', 'alter table app.t add column b text'),
  mutation('pg_class.relispopulated', 'create materialized view app.v as select 1 as a', 'refresh materialized view app.v with no data'),
  mutation('pg_class.relfilenode', `${TABLE}; create index i on app.t (a); alter table app.t cluster on i`, 'cluster app.t'),
  mutation('pg_class.relpages pg_class.reltuples', TABLE, 'insert into app.t values (1); analyze app.t'),

  mutation('pg_attrdef.adrelid', `${TABLE}; create table app.u (a int)`, 'alter table app.u alter a set default 1'),
  mutation(
    'pg_attrdef.adnum',
    'create table app.t (a int default 1, b int)',
    'alter table app.t alter a drop default, alter b set default 1',
  ),
  mutation('pg_attrdef.adbin', 'create table app.t (a int default 1)', 'alter table app.t alter a set default 2'),
  mutation(
    'pg_attrdef.adbin',
    'create table app.t (a int, b int generated always as (a + 1) stored)',
    'alter table app.t alter b set expression as (a + 2)',
    { since: 17 },
  ),
  mutation(
    'pg_attrdef.adbin',
    `${TABLE}; create view app.v as select a, b from app.t; alter view app.v alter a set default 1`,
    'alter view app.v alter a set default 2',
  ),
  mutation('pg_attrdef.adbin', PARTITION, "alter table app.p1 alter b set default 'x'"),
  remake(
    'pg_attrdef.oid',
    'create table app.t (a int)',
    'alter table app.t alter a drop default',
    'alter table app.t alter a set default 1',
    'alter table app.t alter a set default 1',
  ),

  mutation('pg_inherits.inhrelid', `${TABLE}; create table app.u (a int, b text)`, 'alter table app.u inherit app.t'),
  mutation(
    'pg_inherits.inhparent',
    `${TABLE}; create table app.o (a int); create table app.u () inherits (app.t)`,
    'alter table app.u no inherit app.t; alter table app.u inherit app.o',
  ),
  mutation(
    'pg_inherits.inhparent',
    `${PARTITION}; create table app.q (a int, b text) partition by list (a)`,
    'alter table app.p detach partition app.p1; alter table app.q attach partition app.p1 for values in (1)',
  ),
  mutation(
    'pg_inherits.inhseqno',
    'create table app.t (a int); create table app.o (b int); create table app.u () inherits (app.t, app.o)',
    'alter table app.u no inherit app.t; alter table app.u inherit app.t',
  ),
  mutation(
    'pg_inherits.inhrelid',
    `${PARTITION}; create index i on only app.p (a); create index i1 on app.p1 (a)`,
    'alter index app.i attach partition app.i1',
  ),

  mutation('pg_inherits.inhdetachpending', PARTITION, 'alter table app.p detach partition app.p1 concurrently', {
    interruptedBy: 'select from app.p',
    noDesiredState: 'nobody wants a partition half detached',
  }),

  key('pg_partitioned_table.partstrat', 'list (a)', 'range (a)'),
  key('pg_partitioned_table.partnatts', 'range (a)', 'range (a, b)'),
  key('pg_partitioned_table.partattrs', 'list (a)', 'list (b)'),
  key('pg_partitioned_table.partclass', 'list (a)', 'list (a text_pattern_ops)'),
  key('pg_partitioned_table.partcollation', 'list (a)', 'list (a collate "C")'),
  key('pg_partitioned_table.partexprs', 'list (lower(a))', 'list (upper(a))'),
  mutation('pg_partitioned_table.partdefid', PARTITIONED, 'create table app.d partition of app.p default'),
  remake('pg_partitioned_table.partrelid', '', DROP_P, PARTITIONED, 'create table app.p (a int, b text)'),

  mutation('pg_sequence.seqrelid', SEQUENCE, 'create sequence app.r'),
  mutation('pg_sequence.seqtypid', 'create sequence app.s maxvalue 100', 'alter sequence app.s as smallint'),
  mutation('pg_sequence.seqstart', SEQUENCE, 'alter sequence app.s start 5'),
  mutation('pg_sequence.seqincrement', SEQUENCE, 'alter sequence app.s increment 5'),
  mutation('pg_sequence.seqmax', SEQUENCE, 'alter sequence app.s maxvalue 500'),
  mutation('pg_sequence.seqmin', 'create sequence app.s start 5', 'alter sequence app.s minvalue 2'),
  mutation('pg_sequence.seqcache', SEQUENCE, 'alter sequence app.s cache 5'),
  mutation('pg_sequence.seqcycle', SEQUENCE, 'alter sequence app.s cycle'),
  mutation(
    'pg_sequence.seqincrement',
    'create table app.t (a int generated always as identity)',
    'alter table app.t alter a set increment 5',
  ),
];
