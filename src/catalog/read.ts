/** A server's catalog -> objects, in one read-only pass of a fixed number of round trips; knows kinds only by their slots. */
import type { ClientBase } from 'pg';
import type { Address } from '../core/address.js';
import { DiagnosticError } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import type { CatalogRow, Kind, ReadContext } from '../kinds/kind.js';
import { assemble } from './assemble.js';
import { DEPENDENCY_QUERY, edgesOf, type Key } from './dependencies.js';
import { prepared } from './prepared.js';
import { rowVersionsQuery } from './row-versions.js';
import { type Unmodelled, unmodelledOf, unmodelledQuery } from './unmodelled.js';

export interface ReadOptions {
  readonly major: number;
  readonly kinds: readonly Kind[];
  /**
   * True inside a transaction that holds locks on what is read: no transaction of our own and no bracket, because what is
   * read cannot move.
   */
  readonly inTransaction?: boolean;
  /**
   * True for a session of our own that reads often: the queries are planned once and kept, which makes every later read of a small
   * catalog four times as fast. Never behind a pooler, where the next statement may meet another session.
   */
  readonly often?: boolean;
  readonly within?: ReadContext['within'];
}

const ATTEMPTS = 5;
const EVERYTHING: ReadContext['within'] = () => 'true';

/**
 * Reads all objects. The session must be pinned (session.ts).
 * @throws DiagnosticError SC4001 when the catalog kept moving, whatever the server throws when a kind's query fails.
 */
export async function readCatalog(client: ClientBase, options: ReadOptions): Promise<State> {
  return (await readDatabase(client, options)).state;
}

export interface DatabaseContent {
  readonly state: State;
  /** What no kind models. */
  readonly unmodelled: readonly Unmodelled[];
  /** Catalog row by address, as it is in this database: another one under the same address is another object. */
  readonly rows: ReadonlyMap<Address, Key>;
}

/** As readCatalog, with what the state leaves out. */
export async function readDatabase(client: ClientBase, options: ReadOptions): Promise<DatabaseContent> {
  if (options.inTransaction) return readOnce(client, options);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // When the read fails, what it saw is not known: then the versions before it are what there is to compare.
    let before = attempt === 1 ? null : await versions(client);
    let content: DatabaseContent | null = null;
    let failure: unknown = null;
    try {
      const read = await readOnce(client, options);
      [content, before] = [read, read.versions];
    } catch (error) {
      failure = error;
    }
    const after = await versions(client);
    if (before === after) {
      if (content !== null) return content;
      throw failure;
    }
  }
  throw new DiagnosticError([
    {
      code: 'SC4001',
      severity: 'error',
      summary: `the catalog changed during each of ${ATTEMPTS} reads`,
      hint: 'wait for the other session that changes the schema, then run again',
    },
  ]);
}

async function versions(client: ClientBase): Promise<string> {
  const { rows } = await client.query(rowVersionsQuery());
  return rows[0].versions;
}

/**
 * `versions` are those of the snapshot that everything is read with, so that what came after it and went again before the next look is no
 * part of it, and what it holds and is gone by then is noticed.
 */
async function readOnce(client: ClientBase, options: ReadOptions): Promise<DatabaseContent & { readonly versions: string | null }> {
  const context: ReadContext = { major: options.major, within: options.within ?? EVERYTHING };
  const asked = options.kinds.flatMap((kind) => {
    const query = kind.query(context);
    return query === null ? [] : [{ kind, query }];
  });
  const open = options.inTransaction ? [] : ['begin isolation level repeatable read read only'];
  const close = options.inTransaction ? [] : ['commit'];
  const bracket = options.inTransaction ? [] : [rowVersionsQuery()];
  const queries = [...bracket, DEPENDENCY_QUERY, unmodelledQuery(), ...asked.map(({ query }) => query)];
  let answers: readonly { rows: readonly unknown[] }[];
  try {
    const asExecuted = options.often ? await prepared(client, queries) : queries;
    // One simple-query message with many statements: one round trip, and an array of results.
    const text = [...open, ...asExecuted, ...close].join(';\n');
    answers = (await client.query({ text, rowMode: 'array' })) as unknown as typeof answers;
  } catch (error) {
    if (!options.inTransaction) await client.query('rollback');
    throw error;
  }
  const results = answers.slice(open.length + bracket.length, answers.length - close.length) as unknown as readonly {
    rows: readonly (readonly unknown[])[];
    fields: readonly { name: string }[];
  }[];
  const edges = edgesOf(results[0]?.rows ?? []);
  const groups = asked.map(({ kind }, index) => {
    const result = results[index + 2];
    const names = (result?.fields ?? []).map((field) => field.name);
    return { kind, rows: (result?.rows ?? []).map((row) => catalogRow(names, row)) };
  });
  const { state, resolver, rows } = assemble(groups, edges);
  const isKnown = (key: Key): boolean => resolver.resolve(key) !== null;
  const [seen] = bracket.length === 0 ? [] : ((answers[open.length]?.rows ?? []) as readonly (readonly [string])[]);
  return { state, unmodelled: unmodelledOf(results[1]?.rows ?? [], isKnown), rows, versions: seen?.[0] ?? null };
}

function catalogRow(names: readonly string[], values: readonly unknown[]): CatalogRow {
  return Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as CatalogRow;
}
