/** A server's catalog -> objects, in one read-only pass of a fixed number of round trips; knows kinds only by their slots. */
import type { ClientBase } from 'pg';
import type { Address } from '../core/address.js';
import { DiagnosticError } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import type { CatalogRow, Contents, Kind, ReadContext } from '../kinds/kind.js';
import { assemble, type RowGroup } from './assemble.js';
import { DEPENDENCY_QUERY, edgesOf, type Key } from './dependencies.js';
import { prepared } from './prepared.js';
import { heldOf, presenceQuery, usersRowsOf } from './presence.js';
import { rowVersionsQuery } from './row-versions.js';
import { UNMODELLED_PLACES, type Unmodelled, unmodelledOf, unmodelledQuery } from './unmodelled.js';

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
  /** Addresses of what belongs to extensions and is no part of the state. */
  readonly members: () => ReadonlySet<Address>;
}

/** As readCatalog, with what the state leaves out. */
export async function readDatabase(client: ClientBase, options: ReadOptions): Promise<DatabaseContent> {
  if (options.inTransaction) return (await readOnce(client, options)).content;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // When the read fails, what it saw is not known: then the versions before it are what there is to compare.
    const last = attempt === 1 ? null : await versions(client);
    try {
      const { content, before, after } = await readOnce(client, options);
      if (before === after) return content;
    } catch (failure) {
      if (last === (await versions(client))) throw failure;
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

interface Read {
  readonly content: DatabaseContent;
  /**
   * The row versions of the snapshot that everything is read with, so that what came after it and went again before the next look is no
   * part of it, and what it holds and is gone by then is noticed. Null in a transaction.
   */
  readonly before: string | null;
  /** Those when the read was over. */
  readonly after: string | null;
}

async function readOnce(client: ClientBase, options: ReadOptions): Promise<Read> {
  try {
    return await readInSnapshot(client, options);
  } catch (error) {
    if (!options.inTransaction) await client.query('rollback');
    throw error;
  }
}

/** Two round trips: first what there is at all, then what may have a row; a third for what stands in tables, where that is asked for. */
async function readInSnapshot(client: ClientBase, options: ReadOptions): Promise<Read> {
  const bracket = options.inTransaction ? [] : [rowVersionsQuery()];
  const places = [...new Set([...options.kinds.flatMap((kind) => kind.heldIn ?? []), ...UNMODELLED_PLACES])];
  const open = options.inTransaction ? [] : ['begin isolation level repeatable read read only'];
  const first = await answersTo(client, options, { open, queries: [...bracket, presenceQuery(places)] });
  const held = heldOf(places, first.at(-1)?.rows[0]);
  const isEmpty = (catalog: string): boolean => places.includes(usersRowsOf(catalog)) && !held.has(usersRowsOf(catalog));
  const context: ReadContext = { major: options.major, within: options.within ?? EVERYTHING, isEmpty };
  const asked = options.kinds.flatMap((kind) => {
    const query = kind.heldIn !== undefined && !held.has(kind.heldIn) ? null : kind.query(context);
    return query === null ? [] : [{ kind, query }];
  });
  const close = options.inTransaction ? [] : ['commit'];
  const inTables = options.kinds.flatMap(({ contents }, index) =>
    contents === undefined ? [] : [{ contents, kind: options.kinds[index] as Kind }],
  );
  const queries = [
    DEPENDENCY_QUERY,
    unmodelledQuery(held),
    ...asked.map(({ query }) => query),
    ...inTables.map(({ contents }) => contents.shape),
  ];
  const isLast = inTables.length === 0;
  const second = await answersTo(client, options, { queries, ...(isLast ? { close, after: bracket } : {}) });
  const [dependencies, unmodelled, ...results] = second;
  const shapes = results.slice(asked.length).map((result) => result.rows);
  const third = isLast ? null : await contentsOf(client, options, inTables, shapes, { close, after: bracket });
  const groups = [...asked.map(({ kind }, index) => ({ kind, rows: rowsOf(results[index]) })), ...(third?.groups ?? [])];
  const { state, resolver, rows, members } = assemble(groups, edgesOf(dependencies?.rows ?? []));
  const isKnown = (key: Key): boolean => resolver.resolve(key) !== null;
  const content = { state, unmodelled: unmodelledOf(unmodelled?.rows ?? [], isKnown), rows, members };
  if (options.inTransaction) return { content, before: null, after: null };
  return { content, before: String(first.at(-2)?.rows[0]), after: String((third?.answers ?? second).at(-1)?.rows[0]) };
}

interface InTables {
  readonly kind: Kind;
  readonly contents: Contents;
}

/** @throws DiagnosticError when the tables hold more than may be read of them */
async function contentsOf(
  client: ClientBase,
  options: ReadOptions,
  inTables: readonly InTables[],
  shapes: readonly Answer['rows'][],
  message: Pick<Message, 'close' | 'after'>,
): Promise<{ readonly groups: readonly RowGroup[]; readonly answers: readonly Answer[] }> {
  const asked = inTables.flatMap((each, index) => {
    const query = each.contents.query(shapes[index] ?? []);
    return query === null ? [] : [{ ...each, query }];
  });
  const answers = await answersTo(client, options, { queries: asked.map(({ query }) => query), ...message });
  const judged = asked.map(({ kind, contents }, index) => ({ kind, ...contents.judge(rowsOf(answers[index])) }));
  const diagnostics = judged.flatMap((each) => each.diagnostics);
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  return { groups: judged, answers };
}

function rowsOf(answer: Answer | undefined): readonly CatalogRow[] {
  const names = (answer?.fields ?? []).map((field) => field.name);
  return (answer?.rows ?? []).map((row) => catalogRow(names, row));
}

interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  readonly fields: readonly { readonly name: string }[];
}

interface Message {
  readonly open?: readonly string[];
  readonly queries: readonly string[];
  readonly close?: readonly string[];
  /** Queries outside the transaction. */
  readonly after?: readonly string[];
}

/** Many statements in one simple-query message: one round trip, and an array of results. Those of `open` are left out. */
async function answersTo(client: ClientBase, options: ReadOptions, message: Message): Promise<readonly Answer[]> {
  const { open = [], queries, close = [], after = [] } = message;
  const asked = [...queries, ...after];
  const asExecuted = options.often ? await prepared(client, asked) : asked;
  const text = [...open, ...asExecuted.slice(0, queries.length), ...close, ...asExecuted.slice(queries.length)].join(';\n');
  if (text === '') return [];
  const answers = (await client.query({ text, rowMode: 'array' })) as unknown as Answer | readonly Answer[];
  return (Array.isArray(answers) ? (answers as readonly Answer[]) : [answers as Answer]).slice(open.length);
}

function catalogRow(names: readonly string[], values: readonly unknown[]): CatalogRow {
  return Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as CatalogRow;
}
