/**
 * A universe of possible objects, and fast-check arbitraries that draw which of them exist and how: two draws share names, so that one
 * can be changed into the other. Knows no schemactl; what a draw means as SQL is in sql*.ts.
 */
import fc from 'fast-check';

/** Column types in groups within which PostgreSQL casts by assignment both ways, with values that every member of the group can hold. */
export const TYPES = {
  number: ['smallint', 'integer', 'bigint', 'numeric(12,2)', 'numeric', 'real', 'double precision'],
  text: ['text', 'varchar(40)', 'varchar', 'character(30)', 'character varying(80)'],
  time: ['timestamp without time zone', 'timestamp with time zone', 'timestamp(3) without time zone', 'date'],
  flag: ['boolean'],
  document: ['json', 'jsonb'],
  bytes: ['bytea'],
  uuid: ['uuid'],
  list: ['integer[]', 'bigint[]'],
  network: ['inet', 'cidr'],
} as const;

export type Group = keyof typeof TYPES;
export const GROUPS = Object.keys(TYPES) as readonly Group[];

export const COLUMNS = ['a', 'b', 'C d', 'e', 'select'] as const;
export const TABLES = ['one', 'two', 'Three', 'four'] as const;
export const ROLES = ['random_reader', 'random_writer', 'random_owner'] as const;

const some = <T>(arbitrary: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: weight, nil: null });
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const index = (count: number): fc.Arbitrary<number> => fc.nat({ max: count - 1 });
const chosen = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
export const COMMENTS = ['a comment', `it's "quoted"`, 'two\nlines', 'ünïcödé'] as const;
const comment = rarely(chosen(...COMMENTS));
const grants = rarely(fc.record({ role: index(2), privilege: index(3), option: fc.boolean() }));

/** `group` is fixed by the column's place (a column keeps to its group, so that every change of type has a cast). */
const column = fc.record({
  type: index(7),
  base: chosen<'plain' | 'enum' | 'domain' | 'composite' | 'range' | 'generated'>(
    'plain',
    'plain',
    'plain',
    'plain',
    'enum',
    'domain',
    'composite',
    'range',
    'generated',
  ),
  hasDefault: fc.boolean(),
  isNotNull: fc.boolean(),
  storage: rarely(index(3)),
  compression: rarely(fc.constant('pglz')),
  statistics: rarely(chosen(0, 100, 1000)),
  options: rarely(chosen('n_distinct = 5', 'n_distinct = -0.5', 'n_distinct_inherited = 7')),
  collation: rarely(chosen('"C"', '"POSIX"')),
  comment,
  grant: grants,
});
export type ColumnDraw = typeof column extends fc.Arbitrary<infer T> ? T : never;

const columns = fc.tuple(...COLUMNS.map(() => some(column)));

const indexDraw = fc.record({
  method: chosen('btree', 'btree', 'btree', 'hash', 'brin'),
  columns: fc.uniqueArray(index(COLUMNS.length), { minLength: 1, maxLength: 3 }),
  isUnique: fc.boolean(),
  order: chosen('', ' desc', ' nulls first', ' desc nulls last'),
  expression: fc.boolean(),
  where: rarely(index(3)),
  include: rarely(index(COLUMNS.length)),
  options: rarely(chosen('fillfactor = 70', 'fillfactor = 90')),
  statistics: rarely(chosen(10, 200)),
  comment,
});

const table = fc.record({
  columns,
  key: chosen<'identity' | 'by default' | 'serial' | 'plain'>('identity', 'by default', 'serial', 'plain'),
  deferrable: rarely(fc.boolean()),
  isUnlogged: rarely(fc.constant(true)),
  options: rarely(chosen('fillfactor = 60', 'autovacuum_enabled = false', 'fillfactor = 80, toast.autovacuum_enabled = false')),
  rls: rarely(chosen('enable', 'force')),
  check: some(fc.record({ column: index(COLUMNS.length), form: index(3), comment }), 2),
  unique: some(fc.record({ column: index(COLUMNS.length), isNamed: fc.boolean(), deferrable: fc.boolean() }), 2),
  exclude: rarely(fc.boolean()),
  reference: some(
    fc.record({ to: index(TABLES.length), onDelete: index(4), deferrable: index(3), match: fc.boolean(), isValid: fc.boolean() }),
    2,
  ),
  indexes: fc.tuple(some(indexDraw, 2), some(indexDraw, 1)),
  trigger: some(
    fc.record({
      when: chosen('before', 'after'),
      events: index(4),
      level: fc.boolean(),
      condition: fc.boolean(),
      enabled: index(4),
      comment,
    }),
    1,
  ),
  policy: rarely(fc.record({ command: index(5), isRestrictive: fc.boolean(), role: index(3), using: index(3), comment })),
  rule: rarely(fc.record({ event: chosen('insert', 'update', 'delete'), comment })),
  statistics: rarely(fc.record({ kinds: index(4), target: rarely(chosen(50, 500)), comment })),
  identity: rarely(chosen('full', 'nothing')),
  cluster: rarely(fc.constant(true)),
  owner: rarely(fc.constant(2)),
  grant: grants,
  comment,
});
export type TableDraw = typeof table extends fc.Arbitrary<infer T> ? T : never;

const partitioned = fc.record({
  strategy: chosen<'range' | 'list' | 'hash'>('range', 'list', 'hash'),
  parts: fc.tuple(some(fc.boolean()), some(fc.boolean()), some(fc.boolean())),
  hasDefault: fc.boolean(),
  hasIndex: fc.boolean(),
  hasKey: fc.boolean(),
  extra: some(column, 1),
  comment,
});

const routine = fc.record({
  body: index(3),
  volatility: chosen('volatile', 'stable', 'immutable'),
  strict: fc.boolean(),
  security: fc.boolean(),
  parallel: chosen('unsafe', 'restricted', 'safe'),
  cost: rarely(chosen(10, 500)),
  config: rarely(chosen(`work_mem = '8MB'`, 'search_path = pg_catalog')),
  hasDefault: fc.boolean(),
  result: chosen('integer', 'integer', 'bigint'),
  comment,
  grant: grants,
  owner: rarely(fc.constant(2)),
});

const view = fc.record({
  table: index(TABLES.length),
  form: index(4),
  barrier: rarely(fc.boolean()),
  check: rarely(chosen('local', 'cascaded')),
  columnComment: comment,
  comment,
  grant: grants,
});

export const model = fc.record({
  tables: fc.tuple(...TABLES.map(() => some(table, 4))),
  partitioned: some(partitioned, 2),
  enums: fc.tuple(
    // Rows hold "mid": no value has a place in a type that lost its label.
    some(fc.record({ labels: fc.subarray(['low', 'high', 'x y']).map((labels) => [...labels, 'mid'].sort()), comment }), 3),
    some(fc.record({ labels: fc.subarray(['yes', 'no', 'maybe'], { minLength: 1 }), comment }), 2),
  ),
  domain: some(fc.record({ base: index(3), check: some(index(2)), hasDefault: fc.boolean(), isNotNull: fc.boolean(), comment }), 3),
  composite: some(fc.record({ fields: fc.subarray(['x', 'y', 'z'], { minLength: 1 }), wide: fc.boolean(), comment }), 2),
  range: some(fc.record({ subtype: chosen('integer', 'numeric', 'date'), comment }), 1),
  baseType: rarely(
    fc.record({
      storage: chosen('extended', 'main', 'external'),
      category: chosen('U', 'S'),
      isPreferred: fc.boolean(),
      delimiter: chosen(',', ';'),
      isAnnounced: rarely(fc.constant(true)),
      comment,
      grant: grants,
    }),
  ),
  sequence: some(
    fc.record({
      type: chosen('integer', 'bigint'),
      increment: chosen(1, 5),
      cycle: fc.boolean(),
      cache: chosen(1, 20),
      max: rarely(chosen(1000, 100000)),
      comment,
      grant: grants,
    }),
    2,
  ),
  routines: fc.tuple(some(routine, 3), some(routine, 2)),
  procedure: some(fc.record({ body: index(2), comment }), 1),
  aggregate: some(fc.record({ parallel: chosen('unsafe', 'safe'), initial: chosen('0', '5'), comment }), 1),
  views: fc.tuple(some(view, 2), some(view, 2)),
  viewOnView: rarely(fc.boolean()),
  materialized: some(
    fc.record({ table: index(TABLES.length), hasIndex: fc.boolean(), options: rarely(fc.constant('fillfactor = 50')), comment }),
    1,
  ),
  collation: rarely(fc.record({ comment })),
  cast: rarely(fc.record({ context: chosen('', ' as assignment'), comment })),
  operator: rarely(fc.record({ comment, commutes: fc.boolean() })),
  operatorClass: rarely(fc.record({ comment })),
  search: rarely(fc.record({ dictionary: fc.boolean(), stop: fc.boolean(), mapping: index(2), comment })),
  conversion: rarely(fc.record({ comment })),
  publication: rarely(fc.record({ tables: fc.boolean(), publish: chosen('insert', 'insert, update'), root: fc.boolean(), comment })),
  foreign: rarely(fc.record({ option: index(2), mapping: fc.boolean(), table: fc.boolean(), column: index(2), comment })),
  eventTrigger: rarely(fc.record({ tags: fc.boolean(), enabled: index(3), comment })),
  defaultPrivileges: rarely(fc.record({ role: index(2), kind: index(2) })),
  accessMethod: rarely(fc.record({ comment })),
  searchParts: rarely(fc.record({ parser: fc.boolean(), template: fc.boolean(), comment })),
  operatorFamily: rarely(fc.record({ comment })),
  extension: rarely(fc.record({ relocated: fc.boolean(), comment })),
  subscription: rarely(fc.record({ publications: chosen('news', 'news, more'), binary: fc.boolean(), comment })),
  inherited: some(
    fc.record({ isAttached: fc.boolean(), extra: fc.boolean(), check: rarely(fc.boolean()), hasDefault: fc.boolean(), comment }),
    2,
  ),
  schemaComment: comment,
  schemaGrant: rarely(fc.constant(0)),
  language: rarely(fc.record({ comment })),
  transform: rarely(fc.boolean()),
  settings: rarely(
    fc.record({ of: chosen('database', 'role'), memory: rarely(chosen('8MB', '64MB')), path: rarely(chosen('app', '"$user", app')) }),
  ),
});
export type Model = typeof model extends fc.Arbitrary<infer T> ? T : never;
