/** Says what two observations differ in, with the same allowances as for two dumps (dump-normaliser.ts); knows no catalog but by name. */
import type { Verdict } from './judge.js';
import type { Observation, ObservedRow } from './observer.js';
import { type Difference, settle } from './observer-settle.js';

export interface ObserverVerdict extends Verdict {
  /**
   * What has another name where PostgreSQL chose the one expected: NOT NULL constraints (18, of domains 17), and constructors of ranges.
   */
  readonly generatedNames: readonly string[];
}

/**
 * @param kept relations that were there before, whose columns and storage parameters may stand in another order
 * @param url the database of `actual`: what differs in an expression is read there once more, both texts of it, before it counts
 */
export async function judgeObservations(
  actual: Observation,
  expected: Observation,
  kept: ReadonlySet<string>,
  url: string,
): Promise<ObserverVerdict> {
  const found = withoutGeneratedNames(differences(actual, expected, kept), expected);
  const settled = await settle(found.values, url);
  const left = found.values.filter((difference) => !settled.has(difference));
  const unexpected = [...found.unexpected.map(whole), ...left.flatMap(({ row, column, actual: value }) => line(row, column, value))];
  const missing = [...found.missing.map(whole), ...left.flatMap(({ row, column, expected: value }) => line(row, column, value))];
  const equal = unexpected.length + missing.length === 0;
  return {
    equal,
    unexpected,
    missing,
    movedStatements: 0,
    movedColumns: found.movedColumns,
    movedParameters: found.movedParameters,
    afterReload: equal && settled.size > 0,
    reloadError: null,
    generatedNames: found.generatedNames,
  };
}

interface Differences {
  readonly unexpected: readonly ObservedRow[];
  readonly missing: readonly ObservedRow[];
  readonly values: readonly Difference[];
  readonly movedColumns: readonly { readonly table: string; readonly columns: number }[];
  readonly movedParameters: readonly string[];
  readonly generatedNames: readonly string[];
}

function differences(actual: Observation, expected: Observation, kept: ReadonlySet<string>): Differences {
  const free = withDescendants(kept, actual);
  const values: Difference[] = [];
  const moved = new Map<string, number>();
  const movedParameters: string[] = [];
  const generatedNames: string[] = [];
  for (const [key, row] of actual) {
    const other = expected.get(key);
    if (other === undefined) continue;
    for (const column of new Set([...row.values.keys(), ...other.values.keys()])) {
      const pair = { row, column, actual: row.values.get(column) ?? null, expected: other.values.get(column) ?? null };
      if (pair.actual === pair.expected) continue;
      if (row.catalog === 'pg_attribute' && column === 'rank' && row.relation !== null && free.has(row.relation))
        moved.set(row.relation, (moved.get(row.relation) ?? 0) + 1);
      else if (column === 'reloptions' && row.relation !== null && kept.has(row.relation) && sorted(pair.actual) === sorted(pair.expected))
        movedParameters.push(row.relation);
      // They are stored in the order of the table's columns, whatever order they were given in.
      else if (row.catalog === 'pg_statistic_ext' && column === 'definition' && row.relation !== null && free.has(row.relation)) {
        if (columnsSorted(pair.actual) !== columnsSorted(pair.expected)) values.push(pair);
      } else if (row.catalog === 'pg_proc' && column === 'proname' && row.name.startsWith('constructor of '))
        generatedNames.push(`${row.name}: ${pair.actual}, not ${pair.expected}`);
      else values.push(pair);
    }
  }
  return {
    unexpected: [...actual].filter(([key]) => !expected.has(key)).map(([, row]) => row),
    missing: [...expected].filter(([key]) => !actual.has(key)).map(([, row]) => row),
    values,
    movedColumns: [...moved].map(([table, columns]) => ({ table, columns })),
    movedParameters,
    generatedNames,
  };
}

/**
 * A NOT NULL that nobody named is called after the table and column that it was made on, and keeps that name when they are renamed, or
 * when its partition is detached; LIKE gives it to the copy as well. Names that nobody gave are not compared; which these are can only be told by their form.
 */
function withoutGeneratedNames(found: Differences, expected: Observation): Differences {
  const unexpected = [...found.unexpected];
  const generatedNames = [...found.generatedNames];
  const missing = found.missing.filter((row) => {
    const at =
      isGenerated(row) || isCopied(row, expected) ? unexpected.findIndex((other) => butForItsName(other) === butForItsName(row)) : -1;
    if (at === -1) return true;
    generatedNames.push(`${unexpected[at]?.name}, not ${row.values.get('conname')}`);
    unexpected.splice(at, 1);
    return false;
  });
  return { ...found, unexpected, missing, generatedNames };
}

function isGenerated({ catalog, values }: ObservedRow): boolean {
  const owner = (values.get('conrelid') === '-' ? values.get('contypid') : values.get('conrelid')) ?? '';
  const bare = /(?:^|\.)(?:"((?:[^"]|"")*)"|([^".]*))$/.exec(owner);
  // Where it is a parent's too it may have the parent's name. PostgreSQL shortens both parts of a name that would be too long.
  const own = (bare?.[1]?.replaceAll('""', '"') ?? bare?.[2] ?? '').slice(0, 20);
  const start = values.get('coninhcount') === '0' ? own : '';
  const name = values.get('conname') ?? '';
  return catalog === 'pg_constraint' && values.get('contype') === 'n' && name.startsWith(start) && /_not_null\d*$/.test(name);
}

/** As another table's is called after that. */
function isCopied({ values }: ObservedRow, expected: Observation): boolean {
  const name = values.get('conname');
  return [...expected.values()].some(
    (other) => other.values.get('conname') === name && other.values.get('conrelid') !== values.get('conrelid') && isGenerated(other),
  );
}

function butForItsName({ catalog, values }: ObservedRow): string {
  return JSON.stringify([catalog, ...[...values].filter(([column]) => column !== 'conname')]);
}

/** The columns of a table that inherits, or is a partition, take the order of its parent's. */
/**
 * Where a parent's columns may stand in another order, so may its children's. A child made with INHERITS has its parent's columns first, in
 * whatever order they came to it before.
 */
function withDescendants(kept: ReadonlySet<string>, observation: Observation): ReadonlySet<string> {
  const edges = [...observation.values()].filter(({ catalog }) => catalog === 'pg_inherits').map(({ values }) => values);
  const partitions = new Set(
    [...observation.values()].flatMap(({ relation, values }) => (values.get('relispartition') === 'true' ? [relation] : [])),
  );
  const free = new Set([...kept, ...edges.map((edge) => edge.get('inhrelid') ?? '').filter((name) => !partitions.has(name))]);
  for (let size = -1; size !== free.size; ) {
    size = free.size;
    for (const edge of edges) if (free.has(edge.get('inhparent') ?? '')) free.add(edge.get('inhrelid') ?? '');
  }
  return free;
}

function sorted(options: string | null): string {
  return (options ?? '')
    .replace(/^\{|\}$/g, '')
    .split(',')
    .sort()
    .join(',');
}

function columnsSorted(statistics: string | null): string | null {
  const [, head, columns, table] = /^(CREATE STATISTICS .*) ON (.*) FROM (.*)$/su.exec(statistics ?? '') ?? [];
  return columns === undefined ? statistics : [head, ...columns.split(', ').sort(), table].join(' ');
}

function line({ catalog, name }: ObservedRow, column: string, value: string | null): readonly string[] {
  return value === null ? [] : [`${catalog}: ${name}: ${column} = ${value}`];
}

function whole(row: ObservedRow): string {
  return `${row.catalog}: ${row.name}: ${[...row.values].map(([column, value]) => `${column} = ${value}`).join(', ')}`;
}
