/**
 * Decides whether two dumps of pg_dump --schema-only describe the same database; knows pg_dump's text, nothing of schemactl.
 *
 * What is put aside, and why. Nothing else is: every other character counts.
 *
 * 1. Comments between statements and lines for psql (\restrict). They are headers ("-- Name: …; Type: …"), the versions of the programs, and
 *    a random key. Comments within statements count: they are part of a routine's body.
 * 2. The order of statements. pg_dump sorts by kind and name and then lets dependencies move things, with object identifiers to break ties,
 *    so two databases with the same objects may come out in different orders. Nothing is lost: what an order means in PostgreSQL is in the
 *    statements themselves (values of an enum, columns of a key) or follows from names (triggers, rules).
 * 3. Settings between statements are not statements of their own: default_tablespace, default_table_access_method and the session
 *    authorization hold for what follows, so with the order put aside each statement carries those that are in force, unless they are
 *    PostgreSQL's default. Every other SET is compared as a statement.
 * 4. The order of columns, only in tables that `kept` names: those that were there before the plan. A column can only be added at the
 *    end. So for tables that inherit from them or are partitions of them, whose columns take the order of the parent's. In every other table the order counts.
 *    The server sorts the columns of extended statistics by their place in the table, so where columns may stand in any order, these may.
 * 5. The order of storage parameters, WITH (fillfactor='70', …), only of relations that `kept` names. It means nothing, and ALTER … SET appends. What
 *    is made anew is made in the order that was asked for, so there it counts.
 *
 * Text that PostgreSQL deparses differently after it has been read once is no matter of this file: who compares loads both dumps again
 * (reload-dumps.ts), and then these rules hold.
 */
import { dumpStatements, parenthesised } from './dump-statements.js';

export interface DumpComparison {
  readonly equal: boolean;
  /** Statements that only one of the two has. */
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  /** How many statements stand elsewhere than in the expected dump. */
  readonly movedStatements: number;
  /** Columns in another order, by table. */
  readonly movedColumns: readonly { readonly table: string; readonly columns: number }[];
  /** Relations with storage parameters in another order. */
  readonly movedParameters: readonly string[];
}

/** @param kept relations that existed before, as pg_dump writes their names: app."Orders" */
export function compareDumps(actual: string, expected: string, kept: ReadonlySet<string>): DumpComparison {
  const is = statementsInContext(actual);
  const wanted = statementsInContext(expected);
  const differing = { unexpected: without(is, wanted), missing: without(wanted, is) };
  const parameters = sameButForParameters(differing.unexpected, differing.missing, kept);
  const settled = sameButForColumns(parameters.unexpected, parameters.missing, withDescendants(kept, is));
  return {
    equal: settled.unexpected.length === 0 && settled.missing.length === 0,
    missing: settled.missing,
    unexpected: settled.unexpected,
    movedStatements: settled.missing.length + settled.unexpected.length > 0 ? 0 : outOfOrder(is, wanted),
    movedColumns: settled.movedColumns,
    movedParameters: parameters.moved,
  };
}

/** Rule 3. The values are those of a new session. */
const CARRIED: ReadonlyMap<string, string> = new Map([
  ['default_tablespace', "''"],
  ['default_table_access_method', 'heap'],
]);

function statementsInContext(dump: string): readonly string[] {
  const inForce = new Map<string, string>();
  const statements: string[] = [];
  for (const statement of dumpStatements(dump)) {
    const setting = /^SET (\w+) = (.*)$/s.exec(statement);
    const authorization = /^(SET|RESET) SESSION AUTHORIZATION( .*)?$/s.exec(statement);
    if (authorization) setOrClear(inForce, 'SESSION AUTHORIZATION', authorization[1] === 'RESET' ? null : (authorization[2] ?? null));
    else if (setting && CARRIED.has(setting[1] as string)) {
      const [, name, value] = setting as unknown as [string, string, string];
      setOrClear(inForce, name, value === CARRIED.get(name) ? null : value);
    } else statements.push([...[...inForce].sort().map(([name, value]) => `[${name} ${value.trim()}] `), statement].join(''));
  }
  return statements;
}

function setOrClear(settings: Map<string, string>, name: string, value: string | null): void {
  if (value === null || value.trim() === 'DEFAULT') settings.delete(name);
  else settings.set(name, value);
}

/** Those of `all` that are more often there than in `others`. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const statement of others) left.set(statement, (left.get(statement) ?? 0) + 1);
  return all.filter((statement) => {
    const count = left.get(statement) ?? 0;
    if (count > 0) left.set(statement, count - 1);
    return count === 0;
  });
}

const IDENTIFIER = String.raw`(?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+)`;
const TABLE = `${IDENTIFIER}\\.${IDENTIFIER}`;
const CREATE_TABLE = new RegExp(`^(?:\\[[^\\]]*\\] )*CREATE (?:UNLOGGED |FOREIGN )?TABLE (${TABLE}) \\(`, 'u');
const ATTACH = new RegExp(`^ALTER TABLE (?:ONLY )?(${TABLE}) ATTACH PARTITION (${TABLE}) `, 'u');
const PARENT_LIST = new RegExp(`^\\s*INHERITS \\((${TABLE}(?:, ${TABLE})*)\\)`, 'u');

/** Rule 4: the tables whose columns may stand in any order. */
function withDescendants(kept: ReadonlySet<string>, statements: readonly string[]): ReadonlySet<string> {
  const edges: (readonly [parent: string, child: string])[] = [];
  for (const statement of statements) {
    const attach = ATTACH.exec(statement);
    if (attach) edges.push([attach[1] as string, attach[2] as string]);
    const table = CREATE_TABLE.exec(statement)?.[1];
    const parents = table === undefined ? null : PARENT_LIST.exec(parenthesised(statement)?.tail ?? '');
    for (const parent of parents?.[1]?.match(new RegExp(TABLE, 'gu')) ?? []) edges.push([parent, table as string]);
  }
  const free = new Set(kept);
  for (let size = -1; size !== free.size; ) {
    size = free.size;
    for (const [parent, child] of edges) if (free.has(parent)) free.add(child);
  }
  return free;
}

const PARAMETERS = / WITH \(((?:[\w.]+='(?:[^']|'')*'(?:, )?)+)\)/;
const INDEX = new RegExp(`^CREATE (?:UNIQUE )?INDEX (${IDENTIFIER}) ON (?:ONLY )?(${IDENTIFIER})\\.`, 'u');
const KEY = new RegExp(`^ALTER TABLE (?:ONLY )?(${IDENTIFIER})\\.${IDENTIFIER}\\s+ADD CONSTRAINT (${IDENTIFIER}) `, 'u');
const RELATION = new RegExp(`^(?:\\[[^\\]]*\\] )*CREATE (?:UNLOGGED |FOREIGN |MATERIALIZED )*(?:TABLE|VIEW) (${TABLE})`, 'u');

/** The relation whose storage parameters a statement gives: a table, a view, an index, the index of a constraint. */
function relationOf(statement: string): string | null {
  const index = INDEX.exec(statement);
  if (index) return `${index[2]}.${index[1]}`;
  const key = KEY.exec(statement);
  if (key) return `${key[1]}.${key[2]}`;
  return RELATION.exec(statement)?.[1] ?? null;
}

/** Rule 5. */
function sameButForParameters(
  unexpected: readonly string[],
  missing: readonly string[],
  kept: ReadonlySet<string>,
): { readonly unexpected: readonly string[]; readonly missing: readonly string[]; readonly moved: readonly string[] } {
  const left = [...missing];
  const moved: string[] = [];
  const sorted = (statement: string): string =>
    statement.replace(
      PARAMETERS,
      (_all, list: string) =>
        ` WITH (${list
          .match(/[\w.]+='(?:[^']|'')*'/g)
          ?.sort()
          .join(', ')})`,
    );
  const differing = unexpected.filter((statement) => {
    const relation = relationOf(statement);
    if (relation === null || !kept.has(relation) || !PARAMETERS.test(statement)) return true;
    const at = left.findIndex((other) => sorted(other) === sorted(statement));
    if (at === -1) return true;
    moved.push(relation);
    left.splice(at, 1);
    return false;
  });
  return { unexpected: differing, missing: left, moved };
}

interface Settled {
  readonly unexpected: readonly string[];
  readonly missing: readonly string[];
  readonly movedColumns: readonly { readonly table: string; readonly columns: number }[];
}

function sameButForColumns(unexpected: readonly string[], missing: readonly string[], free: ReadonlySet<string>): Settled {
  const left = [...missing];
  const movedColumns: { table: string; columns: number }[] = [];
  const differing = unexpected.filter((statement) => {
    const statistics = sortedStatistics(statement, free);
    const same = statistics === null ? -1 : left.findIndex((other) => sortedStatistics(other, free) === statistics);
    if (same !== -1) {
      left.splice(same, 1);
      return false;
    }
    const table = CREATE_TABLE.exec(statement)?.[1];
    if (table === undefined || !free.has(table)) return true;
    const at = left.findIndex((other) => CREATE_TABLE.exec(other)?.[1] === table && sortedColumns(other) === sortedColumns(statement));
    if (at === -1) return true;
    movedColumns.push({ table, columns: movedItems(statement, left[at] as string) });
    left.splice(at, 1);
    return false;
  });
  return { unexpected: differing, missing: left, movedColumns };
}

const STATISTICS = new RegExp(`^(CREATE STATISTICS .*) ON (.*) FROM (${TABLE})$`, 'su');

function sortedStatistics(statement: string, free: ReadonlySet<string>): string | null {
  const [, head, columns = '', table = ''] = STATISTICS.exec(statement) ?? [];
  return free.has(table) ? `${head} ON ${columns.split(', ').sort().join(', ')} FROM ${table}` : null;
}

function sortedColumns(statement: string): string {
  const parts = parenthesised(statement);
  return parts === null ? statement : `${parts.head}(${[...parts.items].sort().join(', ')})${parts.tail}`;
}

function movedItems(statement: string, other: string): number {
  return outOfOrder(parenthesised(statement)?.items ?? [], parenthesised(other)?.items ?? []);
}

/** How many of the same items must move to get from one order to the other: all but the longest run that keeps its order. */
function outOfOrder(items: readonly string[], wanted: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (const [place, item] of [...wanted.entries()].reverse()) places.set(item, [...(places.get(item) ?? []), place]);
  const ends: number[] = [];
  for (const item of items) {
    const place = places.get(item)?.pop();
    if (place === undefined) continue;
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    ends[low] = place;
  }
  return items.length - ends.length;
}
