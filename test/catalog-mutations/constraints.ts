/** Changes of pg_constraint, pg_index and pg_statistic_ext. */
import { mutation, remake } from './mutation.js';

const KEYS =
  'create table app.k (a int primary key, b int unique); create table app.two (a int, b int, primary key (a, b)); create table app.t (a int, b int)';
const DROP = 'alter table app.t drop constraint c';
const foreign = (columns: string, before: string, after: string, options = {}) =>
  remake(
    `pg_constraint.${columns}`,
    KEYS,
    DROP,
    `alter table app.t add constraint c foreign key ${before}`,
    `alter table app.t add constraint c foreign key ${after}`,
    options,
  );
const altered = (columns: string, constraint: string, change: string, options = {}) =>
  mutation(`pg_constraint.${columns}`, `${KEYS}; alter table app.t add constraint c ${constraint}`, `alter table app.t ${change}`, options);
const TABLE = 'create table app.t (a int, b text, x text)';
const index = (columns: string, before: string, after: string, options = {}) =>
  remake(`pg_index.${columns}`, TABLE, 'drop index app.i', `create ${before}`, `create ${after}`, options);
const STATISTICS = `${TABLE}; create statistics app.e on a, b from app.t`;
const REF = '(a) references app.k';
const FEED = 'create table app.p (a int not null) partition by list (a); create table app.p1 partition of app.p for values in (1)';
const DOMAIN = 'create domain app.d as int';

const CHOSEN_NAME = 'PostgreSQL names NOT NULL so (18), whichever table or column it was made on: nobody gave that name';
const INHERITED = 'what a child has only inherited is no object of its own: it is as its parent has it';

export const constraintMutations = [
  altered('conname', 'check (a > 0)', 'rename constraint c to d'),
  altered('conname', 'unique (a)', 'rename constraint c to d'),
  mutation('pg_constraint.conname', `${DOMAIN} constraint c check (value > 0)`, 'alter domain app.d rename constraint c to e'),
  mutation('pg_constraint.conname', 'create table app.t (a int constraint c not null)', 'alter table app.t rename constraint c to d', {
    since: 18,
  }),
  mutation(
    'pg_constraint.conname',
    'create table app.t (a int not null)',
    'alter table app.t rename constraint t_a_not_null to u_a_not_null',
    { since: 18, unseen: CHOSEN_NAME },
  ),
  mutation('pg_constraint.conname', 'create domain app.d as int constraint c not null', 'alter domain app.d rename constraint c to e', {
    since: 17,
  }),
  mutation('pg_constraint.connamespace', 'create table app.t (a int check (a > 0))', 'alter table app.t set schema other'),
  remake(
    'pg_constraint.contype',
    'create table app.t (a int not null)',
    DROP,
    'alter table app.t add constraint c unique (a)',
    'alter table app.t add constraint c primary key (a)',
  ),
  altered('condeferrable', `foreign key ${REF}`, 'alter constraint c deferrable'),
  remake(
    'pg_constraint.condeferrable pg_index.indimmediate',
    'create table app.t (a int)',
    DROP,
    'alter table app.t add constraint c unique (a)',
    'alter table app.t add constraint c unique (a) deferrable',
  ),
  altered('condeferred', `foreign key ${REF} deferrable`, 'alter constraint c deferrable initially deferred'),
  altered('conenforced', `foreign key ${REF}`, 'alter constraint c not enforced', { since: 18 }),
  remake(
    'pg_constraint.conenforced',
    'create table app.t (a int)',
    DROP,
    'alter table app.t add constraint c check (a > 0)',
    'alter table app.t add constraint c check (a > 0) not enforced',
    { since: 18 },
  ),
  altered('convalidated', 'check (a > 0) not valid', 'validate constraint c'),
  altered('convalidated', `foreign key ${REF} not valid`, 'validate constraint c'),
  mutation(
    'pg_constraint.convalidated',
    `${DOMAIN}; alter domain app.d add constraint c check (value > 0) not valid`,
    'alter domain app.d validate constraint c',
  ),
  mutation(
    'pg_constraint.convalidated',
    'create table app.t (a int); alter table app.t add constraint c not null a not valid',
    'alter table app.t validate constraint c',
    { since: 18 },
  ),
  mutation(
    'pg_constraint.convalidated',
    'create table app.t (a int); create table app.u () inherits (app.t); alter table app.t add constraint c check (a > 0) not valid',
    'alter table app.u validate constraint c',
    { unseen: INHERITED },
  ),
  mutation(
    'pg_constraint.conrelid',
    `${KEYS}; alter table app.t add constraint c check (a > 0)`,
    `${DROP}; alter table app.k add constraint c check (a > 0)`,
  ),
  mutation('pg_constraint.contypid', `${DOMAIN}; create domain app.e as int check (value > 0)`, 'alter domain app.d add check (value > 0)'),
  mutation('pg_constraint.conindid', 'create table app.t (a int)', 'alter table app.t add primary key (a)'),
  mutation('pg_constraint.conparentid pg_constraint.coninhcount', FEED, 'alter table app.p add primary key (a)'),
  remake(
    'pg_constraint.confrelid',
    `${KEYS}; create table app.l (a int primary key)`,
    DROP,
    `alter table app.t add constraint c foreign key ${REF}`,
    'alter table app.t add constraint c foreign key (a) references app.l',
  ),
  foreign('confupdtype', REF, `${REF} on update cascade`),
  foreign('confdeltype', REF, `${REF} on delete cascade`),
  foreign('confmatchtype', REF, `${REF} match full`),
  mutation(
    'pg_constraint.conislocal',
    'create table app.t (a int constraint c check (a > 0)); create table app.u () inherits (app.t)',
    'alter table app.u add constraint c check (a > 0)',
  ),
  mutation(
    'pg_constraint.coninhcount',
    'create table app.t (a int constraint c check (a > 0)); create table app.u (a int constraint c check (a > 0))',
    'alter table app.u inherit app.t',
  ),
  remake(
    'pg_constraint.connoinherit',
    'create table app.t (a int)',
    DROP,
    'alter table app.t add constraint c check (a > 0)',
    'alter table app.t add constraint c check (a > 0) no inherit',
  ),
  mutation(
    'pg_constraint.connoinherit',
    'create table app.t (a int constraint c not null)',
    'alter table app.t alter constraint c no inherit',
    { since: 18 },
  ),
  remake(
    'pg_constraint.conperiod',
    'create table app.t (a int4range, b tsrange)',
    DROP,
    'alter table app.t add constraint c unique (a, b)',
    'alter table app.t add constraint c unique (a, b without overlaps)',
    { since: 18 },
  ),
  foreign('conkey', '(a) references app.k', '(b) references app.k'),
  foreign('confkey', '(a) references app.k (a)', '(a) references app.k (b)'),
  remake(
    'pg_constraint.conpfeqop pg_constraint.conffeqop',
    'create table app.k (a int primary key, b text unique)',
    'drop table app.t',
    'create table app.t (a int references app.k (a))',
    'create table app.t (a text references app.k (b))',
  ),
  remake(
    'pg_constraint.conppeqop',
    'create table app.k (a int primary key, b text unique)',
    'drop table app.t',
    'create table app.t (a int references app.k (a))',
    'create table app.t (a text references app.k (b))',
  ),
  foreign('confdelsetcols', '(a, b) references app.two on delete set null', '(a, b) references app.two on delete set null (a)', {
    since: 15,
  }),
  remake(
    'pg_constraint.conexclop',
    'create table app.t (a int4range)',
    DROP,
    'alter table app.t add constraint c exclude using gist (a with &&)',
    'alter table app.t add constraint c exclude using gist (a with =)',
  ),
  remake(
    'pg_constraint.conbin',
    'create table app.t (a int)',
    DROP,
    'alter table app.t add constraint c check (a > 0)',
    'alter table app.t add constraint c check (a > 1)',
  ),
  remake(
    'pg_constraint.conbin',
    DOMAIN,
    'alter domain app.d drop constraint c',
    'alter domain app.d add constraint c check (value > 0)',
    'alter domain app.d add constraint c check (value > 1)',
  ),
  remake(
    'pg_constraint.oid',
    'create table app.t (a int)',
    DROP,
    'alter table app.t add constraint c check (a > 0)',
    'alter table app.t add constraint c check (a > 0)',
  ),

  mutation('pg_index.indexrelid pg_index.indrelid', `${TABLE}; create index i on app.t (a)`, 'create index j on app.t (b)'),
  index('indnatts', 'index i on app.t (a)', 'index i on app.t (a) include (b)'),
  index('indnkeyatts', 'index i on app.t (a) include (b)', 'index i on app.t (a, b)'),
  index('indisunique', 'index i on app.t (a)', 'unique index i on app.t (a)'),
  index('indnullsnotdistinct', 'unique index i on app.t (a)', 'unique index i on app.t (a) nulls not distinct', { since: 15 }),
  remake(
    'pg_index.indnullsnotdistinct',
    TABLE,
    DROP,
    'alter table app.t add constraint c unique (a)',
    'alter table app.t add constraint c unique nulls not distinct (a)',
    { since: 15 },
  ),
  remake(
    'pg_index.indisprimary',
    'create table app.t (a int not null)',
    DROP,
    'alter table app.t add constraint c unique (a)',
    'alter table app.t add constraint c primary key (a)',
  ),
  remake(
    'pg_index.indisexclusion',
    TABLE,
    DROP,
    'alter table app.t add constraint c unique (a)',
    'alter table app.t add constraint c exclude using btree (a with =)',
  ),
  mutation('pg_index.indisclustered', `${TABLE}; create index i on app.t (a)`, 'alter table app.t cluster on i'),
  mutation('pg_index.indisclustered', 'create table app.t (a int primary key)', 'alter table app.t cluster on t_pkey'),
  mutation(
    'pg_index.indisvalid',
    `${FEED}; create index i on only app.p (a); create index i1 on app.p1 (a)`,
    'alter index app.i attach partition app.i1',
  ),
  mutation(
    'pg_index.indisreplident',
    'create table app.t (a int not null, b int not null); create unique index i on app.t (a); create unique index j on app.t (b); alter table app.t replica identity using index i',
    'alter table app.t replica identity using index j',
  ),
  index('indkey', 'index i on app.t (a)', 'index i on app.t (b)'),
  index('indcollation', 'index i on app.t (b)', 'index i on app.t (b collate "C")'),
  index('indclass', 'index i on app.t (b)', 'index i on app.t (b text_pattern_ops)'),
  index('indoption', 'index i on app.t (a)', 'index i on app.t (a desc)'),
  index('indexprs', 'index i on app.t (lower(b))', 'index i on app.t (upper(b))'),
  index('indpred', 'index i on app.t (a)', 'index i on app.t (a) where a > 0'),
  remake(
    'pg_index.indpred',
    TABLE,
    DROP,
    'alter table app.t add constraint c exclude using btree (a with =)',
    'alter table app.t add constraint c exclude using btree (a with =) where (a > 0)',
  ),

  remake(
    'pg_statistic_ext.stxrelid',
    `${TABLE}; create table app.u (a int, b text)`,
    'drop statistics app.e',
    'create statistics app.e on a, b from app.t',
    'create statistics app.e on a, b from app.u',
  ),
  mutation('pg_statistic_ext.stxname', STATISTICS, 'alter statistics app.e rename to g'),
  mutation('pg_statistic_ext.stxnamespace', STATISTICS, 'alter statistics app.e set schema other'),
  mutation(
    'pg_statistic_ext.stxowner',
    `${STATISTICS}; alter statistics app.e owner to mutation_a`,
    'alter statistics app.e owner to mutation_b',
  ),
  remake(
    'pg_statistic_ext.stxkeys',
    TABLE,
    'drop statistics app.e',
    'create statistics app.e on a, b from app.t',
    'create statistics app.e on a, x from app.t',
  ),
  mutation('pg_statistic_ext.stxstattarget', STATISTICS, 'alter statistics app.e set statistics 5'),
  remake(
    'pg_statistic_ext.stxkind',
    TABLE,
    'drop statistics app.e',
    'create statistics app.e on a, b from app.t',
    'create statistics app.e (ndistinct) on a, b from app.t',
  ),
  remake(
    'pg_statistic_ext.stxexprs',
    TABLE,
    'drop statistics app.e',
    'create statistics app.e on (lower(b)) from app.t',
    'create statistics app.e on (upper(b)) from app.t',
  ),
  remake(
    'pg_statistic_ext.oid',
    TABLE,
    'drop statistics app.e',
    'create statistics app.e on a, b from app.t',
    'create statistics app.e on a, b from app.t',
  ),
];
