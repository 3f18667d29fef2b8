/** A live database -> desired-state files. Knows no kind: statements come from the kinds, the layout from addresses. */
import pg from 'pg';
import { readCatalog, readDatabase } from '../catalog/read.js';
import { readServer } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import { type Unmodelled, unmodelledDiagnostic } from '../catalog/unmodelled.js';
import type { Address } from '../core/address.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import { matchesAny, matchesPattern } from '../core/pattern.js';
import type { RowSet } from '../core/row-set.js';
import { exportYaml } from '../desired/yaml/export.js';
import { databasePatterns, isListed, kindsAskedFor } from '../diff/cluster-wide.js';
import { matchesObject } from '../diff/declared-names.js';
import { schemaOf } from '../diff/scope.js';
import { differingAttributes, kindFor } from '../kinds/hashing.js';
import { kindByName, kinds as kindList } from '../kinds/registry.js';
import { wholeTablesIn } from '../kinds/table-rows.js';
import { kindsWithRows } from '../kinds/with-rows.js';
import { openScratch } from '../scratch/open.js';
import { withoutRoles } from './cluster.js';
import { planCreation } from './creation.js';
import { ignoring, type LeftOut, leftOut } from './left-out.js';
import type { ExportOptions, ExportOutcome } from './options.js';

interface Piece {
  readonly root: SchemaObject;
  readonly sql: string;
}

export async function exportSchema(options: ExportOptions): Promise<ExportOutcome> {
  const { target, manage, ignore, rows, scratch, signal } = options;
  const described = await describeDatabase({ target, manage, ignore, rows, scratch, signal });
  const { files, rest } = inYaml(options, beyond(described));
  const beside = sqlFiles(rest, described, options.layout);
  return {
    files: [...files, ...beside],
    diagnostics: [
      ...unmodelledDiagnostic(described.unmodelled, { all: true }),
      ...(options.format === 'yaml' ? writtenInSql(rest, described.state) : []),
    ],
    leftOut: described.leftOut,
    unmodelled: described.unmodelled.map(({ description }) => description),
  };
}

/** What a database holds, as far as somebody has to write it down. */
export interface Described {
  readonly major: number;
  /** What the statements call the database. */
  readonly database: string;
  readonly state: State;
  /** What a new database holds. */
  readonly initial: State;
}

/** With what nobody has to write down, because it is left alone. */
export interface DescribedDatabase extends Described {
  readonly leftOut: readonly LeftOut[];
  readonly unmodelled: readonly Unmodelled[];
}

/** @throws DiagnosticError where a pattern finds no table, or one whose rows nothing tells apart */
function askedRows(state: State, patterns: readonly string[]): readonly RowSet[] {
  const { tables, sets, without } = wholeTablesIn(state, (table) => matchesAny(patterns, table));
  const isFound = (pattern: string): boolean => tables.some((table) => matchesPattern(pattern, table));
  const problems = [
    ...patterns
      .filter((pattern) => !isFound(pattern))
      .map((pattern) => ({ summary: `no table matches ${pattern}`, hint: 'give its schema and name: --rows app.country' })),
    ...without.map((address) => ({
      summary: `${address} has no primary key, which would tell its rows apart`,
      hint: 'give it one, or write its rows by hand',
    })),
  ];
  if (problems.length > 0) throw new DiagnosticError(problems.map((problem) => ({ code: 'SC4013', severity: 'error', ...problem })));
  return sets;
}

/** An empty scratch database says what need not be written, because every new database holds it. */
export async function describeDatabase(
  options: Pick<ExportOptions, 'target' | 'manage' | 'ignore' | 'rows' | 'scratch' | 'signal'>,
): Promise<DescribedDatabase> {
  const target = new pg.Client(options.target.config);
  target.on('error', () => undefined);
  await target.connect();
  try {
    await pinSession(target);
    const facts = await readServer(target);
    const reading = { major: facts.major, kinds: kindsAskedFor(kindList, options.manage) };
    const found = await readDatabase(target, reading);
    const sets = askedRows(found.state, options.rows ?? []);
    const kinds = kindsWithRows(reading.kinds, sets);
    const { state: live, unmodelled } = sets.length === 0 ? found : await readDatabase(target, { ...reading, kinds });
    const scratch = await openScratch({
      choice: options.scratch ?? { kind: 'embedded' },
      target: null,
      facts: withoutRoles(facts, live, kindByName),
      extensions: [],
      signal: options.signal,
    });
    try {
      const database = await scratch.newDatabase();
      const initial = await readCatalog(database.client, reading);
      const wanted = selected(live, options);
      return {
        major: facts.major,
        database: facts.database,
        state: withoutDefaults(wanted, initial, facts.current_user),
        initial,
        leftOut: leftOut(live, wanted, options.ignore, kindByName).filter(({ address }) => !initial.has(address)),
        unmodelled,
      };
    } finally {
      await scratch.close();
    }
  } finally {
    await target.end();
  }
}

function selected(live: State, options: Pick<ExportOptions, 'manage' | 'ignore'>): State {
  const wanted = (object: SchemaObject): boolean => {
    if (ignoring(object, live, options.ignore, kindByName) !== null) return false;
    const patterns = databasePatterns(options.manage, kindByName);
    const listed = isListed(object, live, options.manage, kindByName);
    return listed ?? (patterns.length === 0 ? options.manage.length === 0 : matchesObject(patterns, object, kindByName));
  };
  return new Map([...live].filter(([, object]) => wanted(object)));
}

/** An owner who is the one that exports is who would own it anyway. */
function withoutDefaults(state: State, initial: State, user: string): State {
  return new Map(
    [...state].filter(([address, object]) => {
      if (kindFor(kindByName, object).always !== true || initial.has(address)) return true;
      return object.attributes.role !== user;
    }),
  );
}

/** What has no key in YAML, aloud: it stands in SQL files beside. */
function writtenInSql(rest: State, all: State): readonly Diagnostic[] {
  // What belongs to something in the SQL files goes with it.
  const first = [...rest.values()].filter(({ parent }) => parent === null || !rest.has(parent) || !all.has(parent));
  return first.map(({ address }) => ({
    code: 'SC1044',
    severity: 'info',
    summary: `YAML has no key for ${address}`,
    detail: 'it is written in an SQL file beside the YAML',
    address,
  }));
}

/** What every new database holds as it is (plpgsql, schema public) need not be said, unless something hangs on it that does. */
function beyond({ state, initial }: Described): State {
  const own = new Map<Address, SchemaObject>();
  const isOwn = (object: SchemaObject): boolean => {
    const before = initial.get(object.address);
    return before === undefined || differingAttributes(kindByName, before, object).length > 0;
  };
  for (const object of state.values()) {
    if (!isOwn(object)) continue;
    for (let at: SchemaObject | undefined = object; at !== undefined; at = at.parent === null ? undefined : state.get(at.parent))
      own.set(at.address, at);
  }
  return own;
}

function inYaml(options: ExportOptions, state: State): { readonly files: ExportOutcome['files']; readonly rest: State } {
  if (options.format === 'sql') return { files: [], rest: state };
  return exportYaml(state, { kinds: kindList, perObject: options.layout === 'object' });
}

/** The statements that make `rest`, by file. */
export function sqlFiles(
  rest: State,
  { state: all, initial, major, database }: Described,
  layout: ExportOptions['layout'],
): ExportOutcome['files'] {
  const known: State = new Map([...initial, ...all]);
  // What is taken away from a new database (a privilege on schema public) is no object, and only SQL says it.
  const pieces: Piece[] = planCreation({ objects: all, initial, major, kinds: kindByName, database })
    .filter((task) => rest.has(task.address) || !all.has(task.address))
    .map((task) => ({ root: rootOf(known, task.address), sql: task.operation.sql }));
  const files = new Map<string, string[]>();
  for (const piece of pieces) {
    const path = pathOf(piece.root, all, layout);
    const list = files.get(path);
    if (list) list.push(piece.sql);
    else files.set(path, [piece.sql]);
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, statements]) => ({ path, text: statements.map((sql) => `${sql.trim()};\n`).join('\n') }));
}

export function rootOf(state: State, address: Address): SchemaObject {
  let object = state.get(address) as SchemaObject;
  for (let parent = object.parent; parent !== null; parent = object.parent) {
    const next = state.get(parent);
    if (next === undefined) break;
    object = next;
  }
  return object;
}

/** "app/tables/orders.sql", "app.sql"; what is in no schema goes to "extensions/hstore.sql", "database.sql". */
export function pathOf(root: SchemaObject, state: State, layout: ExportOptions['layout']): string {
  const schema = schemaOf(root, state, kindByName);
  if (layout === 'schema') return `${fileName(schema ?? 'database')}.sql`;
  const own = root.parts.at(-1) ?? root.kind;
  if (schema === null) return `${root.kind}s/${fileName(own)}.sql`;
  if (root.parts.length === 1) return `${fileName(schema)}/${root.kind}.sql`;
  const folder = root.kind.endsWith('x') ? `${root.kind}es` : `${root.kind}s`;
  return `${fileName(schema)}/${folder}/${fileName(own)}.sql`;
}

/** Lower case, because some file systems do not tell cases apart; what would then collide shares a file. */
export function fileName(name: string): string {
  return encodeURIComponent(name.toLowerCase()).replaceAll('*', '%2A').replaceAll('.', '%2E').replaceAll("'", '%27');
}
