/** Makes one change and says which catalog columns moved and which objects were seen to change. */
import type pg from 'pg';
import { readCatalog } from '../../src/catalog/read.js';
import type { Address } from '../../src/core/address.js';
import type { Hash } from '../../src/core/plan.js';
import { hashObject } from '../../src/kinds/hashing.js';
import { kindByName, kinds } from '../../src/kinds/registry.js';
import type { CatalogColumn } from '../support/catalog-ledger.js';
import type { Mutation } from './mutation.js';

export interface Judgement {
  readonly mutation: Mutation;
  /** Columns of the catalogs in question that are not as before: "pg_class.relowner". */
  readonly moved: ReadonlySet<string>;
  /** Objects that came, went, or have another hash. */
  readonly seen: readonly Address[];
  readonly error: string | null;
}

/**
 * What every setup stands on. It is made once: a new schema in each transaction would make the server plan the queries of the catalog anew,
 * which takes longer than everything else here.
 */
export const GROUND = 'create schema app; create schema other';

/** In a transaction that is rolled back. `columns` are those that the server lists; the session is pinned, and its database has the ground. */
export async function judgeMutation(
  client: pg.Client,
  major: number,
  mutation: Mutation,
  columns: readonly CatalogColumn[],
): Promise<Judgement> {
  try {
    await client.query(`begin; ${mutation.setup}`);
    return await judgeChange(client, major, mutation, columns, () => client.query(mutation.change));
  } catch (error) {
    return { mutation, moved: new Set(), seen: [], error: (error as Error).message };
  } finally {
    await client.query('rollback');
  }
}

export async function judgeChange(
  client: pg.Client,
  major: number,
  mutation: Mutation,
  columns: readonly CatalogColumn[],
  change: () => Promise<unknown>,
): Promise<Judgement> {
  const catalogs = new Set(mutation.columns.map((column) => column.split('.')[0] ?? ''));
  const looked = columns.filter(({ catalog }) => catalogs.has(catalog));
  const before = [await snapshot(client, looked), await hashesNow(client, major)] as const;
  await change();
  const after = [await snapshot(client, looked), await hashesNow(client, major)] as const;
  const moved = looked
    .map(({ catalog, column }) => `${catalog}.${column}`)
    .filter((column) => differ(before[0].get(column), after[0].get(column)));
  const [found, left] = [before[1], after[1]];
  const seen = [...new Set([...found.keys(), ...left.keys()])].filter((address) => found.get(address) !== left.get(address)).sort();
  return { mutation, moved: new Set(moved), seen, error: null };
}

async function hashesNow(client: pg.Client, major: number): Promise<ReadonlyMap<Address, Hash>> {
  const state = await readCatalog(client, { major, kinds, inTransaction: true, often: true });
  return new Map([...state].map(([address, object]) => [address, hashObject(kindByName, object)]));
}

interface Values {
  /** All values, whatever row they stand in. */
  readonly plain: string;
  /** The values with their rows. */
  readonly inRows: string;
  readonly rows: string;
}

/** Rows that were made again have other identities, so their values are compared by themselves. */
function differ(before: Values | undefined, after: Values | undefined): boolean {
  if (before?.plain !== after?.plain) return true;
  return before?.rows === after?.rows && before?.inRows !== after?.inRows;
}

const digest = (text: string): string => `coalesce(md5(string_agg(${text}, e'\\n' order by ${text} collate "C")), '')`;

async function snapshot(client: pg.Client, columns: readonly CatalogColumn[]): Promise<ReadonlyMap<string, Values>> {
  const found = new Map<string, Values>();
  for (const catalog of new Set(columns.map((column) => column.catalog))) {
    const names = columns.filter((column) => column.catalog === catalog).map(({ column }) => column);
    const row = names.includes('oid') ? 'x.oid::text' : (ROWS[catalog] ?? `''`);
    const value = (name: string): string => `coalesce(x.${name}::text, '<null>')`;
    const digests = names.flatMap((name) => [digest(value(name)), digest(`${row} || ' ' || ${value(name)}`)]);
    const text = `select ${[digest(row), ...digests].join(', ')} from pg_catalog.${catalog} x`;
    const [rows = '', ...values] = (await client.query<string[]>({ text, rowMode: 'array' })).rows[0] ?? [];
    for (const [place, name] of names.entries()) {
      found.set(`${catalog}.${name}`, { rows, plain: values[2 * place] ?? '', inRows: values[2 * place + 1] ?? '' });
    }
  }
  return found;
}

/** What tells the rows of catalogs without oid apart. */
const ROWS: { readonly [catalog: string]: string } = {
  pg_attribute: `(x.attrelid || '/' || x.attnum)`,
  pg_index: 'x.indexrelid::text',
  pg_sequence: 'x.seqrelid::text',
  pg_foreign_table: 'x.ftrelid::text',
  pg_aggregate: 'x.aggfnoid::oid::text',
  pg_description: `(x.classoid || '/' || x.objoid || '/' || x.objsubid)`,
};
