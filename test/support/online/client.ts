/**
 * One client of the application: reads and writes at its own pace over one connection, never retries, and holds what it reads of its own
 * rows against what it knows. Knows nothing of what happens to the schema meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createModel, type Model, type Pending } from './model.js';
import { randomFrom } from './random.js';
import { bind } from './statement.js';
import type { Entity, Shape, Strategy } from './strategy.js';

/**
 * 'writer': single statements. 'transactions': several rows at a time, some rolled back. 'prepared': named statements, parsed once.
 * 'reader': reads only. 'reporter': holds a transaction open for a while, over and over.
 */
export type Habit = 'writer' | 'transactions' | 'prepared' | 'reader' | 'reporter';

export interface ClientSpec {
  readonly url: string;
  /** As application_name, behind "app/". */
  readonly name: string;
  readonly habit: Habit;
  readonly searchPath?: string;
  readonly strategy: Strategy;
  readonly shapeOf: (entity: Entity) => Shape;
  readonly rows: number;
  /** Whose keys: class `residue` of `classes`. */
  readonly residue: number;
  readonly classes: number;
  /** Transactions per second. */
  readonly rate: number;
  readonly seed: number;
}

export interface Problem {
  readonly client: string;
  readonly at: number;
  readonly sql: string;
  /** SQLSTATE and message, or what was read instead of what had been written. */
  readonly what: string;
}

export interface Sample {
  /** Date.now() when it was due. */
  readonly at: number;
  readonly ms: number;
}

export interface Activity {
  /** Counts statements, so that two looks at the same wait can be told from looks at two waits. */
  readonly number: number;
  /** performance.now() of its start; null: between statements. */
  readonly since: number | null;
  readonly sql: string;
}

export interface LoadClient {
  readonly pid: number;
  readonly name: string;
  readonly models: readonly Model[];
  readonly samples: readonly Sample[];
  readonly problems: readonly Problem[];
  activity(): Activity;
  start(): void;
  /** After the transaction that it is in; may be started again. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

/** Deletes are rarer than inserts, so that there are always rows. */
const OPERATIONS = ['read', 'read', 'range', 'update', 'update', 'update', 'insert', 'insert', 'delete'] as const;
const READS = ['read', 'read', 'read', 'range'] as const;
type Verb = (typeof OPERATIONS)[number];

const REPORT_MS = 1200;
const TEXT_ONLY = { getTypeParser: () => (text: string) => text };

export async function openClient(spec: ClientSpec): Promise<LoadClient> {
  const client = new pg.Client({ connectionString: spec.url, application_name: `app/${spec.name}`, types: TEXT_ONLY });
  client.on('error', () => undefined);
  await client.connect();
  if (spec.searchPath !== undefined) await client.query(`select set_config('search_path', $1, false)`, [spec.searchPath]);
  const pid = Number((await client.query('select pg_backend_pid() as pid')).rows[0].pid);
  const random = randomFrom(spec.seed);
  const models = spec.strategy.entities.map((entity) => createModel(entity, spec.rows, spec.residue, spec.classes));
  const samples: Sample[] = [];
  const problems: Problem[] = [];
  let current: Activity = { number: 0, since: null, sql: '' };
  let due = 0;

  const statements: string[] = [];
  const nameOf = (sql: string): string => {
    if (!statements.includes(sql)) statements.push(sql);
    return `s${statements.indexOf(sql)}`;
  };

  /** null: the server refused it. */
  const send = async (sql: string, values: Readonly<Record<string, string | null>>): Promise<pg.QueryResult | null> => {
    const bound = bind(sql, values);
    current = { number: current.number + 1, since: performance.now(), sql };
    const at = due;
    due = Date.now();
    try {
      const named = spec.habit === 'prepared' ? { name: nameOf(sql) } : {};
      return await client.query({ ...named, text: bound.text, values: [...bound.values] });
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      problems.push({ client: spec.name, at: Date.now(), sql, what: `${code ?? 'no SQLSTATE'}: ${message}` });
      return null;
    } finally {
      due = Date.now();
      samples.push({ at, ms: due - at });
      current = { ...current, since: null };
    }
  };
  const wrong = (sql: string, what: string): void => {
    problems.push({ client: spec.name, at: Date.now(), sql, what });
  };

  /** One statement; false when it failed. */
  const one = async (verb: Verb, model: Model, pending: Pending): Promise<boolean> => {
    const shape = spec.shapeOf(model.entity);
    if (verb === 'insert') {
      const key = model.missing(random, pending);
      const row = newValues(model.entity, Object.keys(model.entity.columns), key);
      const sent = await send(shape.insert, { id: String(key), ...row });
      if (sent?.rowCount === 1) pending.set(key, row);
      else if (sent) wrong(shape.insert, `inserted ${sent.rowCount} rows`);
      return sent !== null;
    }
    const onlyInserted = verb === 'delete' && model.entity.deletes === 'inserted';
    const key = model.existing(random, onlyInserted, pending);
    if (key === null) return true;
    const id = String(key);
    if (verb === 'range') return (await send(shape.range, { id })) !== null;
    const before = model.row(key, pending);
    if (verb === 'read') {
      const sent = await send(shape.read, { id });
      if (sent && before) compare(shape.read, key, before, sent.rows);
      return sent !== null;
    }
    const update = random.pick(shape.updates);
    const sql = verb === 'delete' ? shape.delete : update.sql;
    const values = verb === 'delete' ? {} : newValues(model.entity, update.sets, key);
    const sent = await send(sql, { id, ...values });
    if (sent === null) return false;
    if (sent.rowCount !== 1) wrong(sql, `changed ${sent.rowCount} rows where ${id} is one`);
    // What the other columns of a filled row are, only the filling query knows: they are left out.
    pending.set(key, verb === 'delete' ? null : { ...(before ?? {}), ...values });
    return true;
  };

  const newValues = (entity: Entity, columns: readonly string[], key: number): Record<string, string | null> =>
    Object.fromEntries(columns.map((column) => [column, entity.columns[column]?.(random, key, spec.rows) ?? null]));

  const compare = (sql: string, key: number, expected: Readonly<Record<string, string | null>>, rows: readonly unknown[]): void => {
    const found = rows[0] as Readonly<Record<string, string | null>> | undefined;
    const other = Object.keys(expected).filter((column) => found?.[column] !== expected[column]);
    if (rows.length === 1 && other.length === 0) return;
    wrong(sql, `read ${JSON.stringify(found ?? null)} of ${key} where ${JSON.stringify(expected)} had been written`);
  };

  const ask = async (sql: string): Promise<void> => void (await send(sql, {}));

  const transaction = async (): Promise<void> => {
    const written = new Map(models.map((each) => [each, new Map() as Pending]));
    const pending = (of: Model): Pending => written.get(of) ?? new Map();
    const model = random.pick(models);
    if (spec.habit === 'reader') {
      await one(random.pick(READS), model, pending(model));
    } else if (spec.habit === 'reporter') {
      await ask('begin isolation level repeatable read');
      await one('range', model, pending(model));
      await sleep(REPORT_MS);
      due = Date.now();
      await one('range', model, pending(model));
      await ask('commit');
    } else if (spec.habit === 'transactions') {
      await ask('begin');
      let isFine = true;
      for (let n = 2 + random.below(4); n > 0 && isFine; n -= 1) {
        const each = random.pick(models);
        isFine = await one(random.pick(OPERATIONS), each, pending(each));
      }
      if (!isFine || random.chance(0.1)) return ask('rollback');
      const committed = await send('commit', {});
      // Of a transaction that was not committed nothing is known, and the refusal is told.
      if (committed === null) return;
      for (const each of models) each.commit(pending(each));
    } else if (await one(random.pick(OPERATIONS), model, pending(model))) model.commit(pending(model));
  };

  let running: Promise<void> | null = null;
  let isStopping = false;
  const loop = async (): Promise<void> => {
    const period = 1000 / spec.rate;
    let next = Date.now() + random.next() * period;
    while (!isStopping) {
      const ahead = next - Date.now();
      if (ahead > 0) await sleep(ahead);
      if (isStopping) break;
      // When it was to begin, not when it could: who waits behind a lock would have asked more often.
      due = Math.min(next, Date.now());
      next += period;
      await transaction();
    }
  };

  const pause = async (): Promise<void> => {
    isStopping = true;
    await running;
    running = null;
  };

  return {
    pid,
    name: spec.name,
    models,
    samples,
    problems,
    activity: () => current,
    start() {
      isStopping = false;
      running ??= loop();
    },
    pause,
    async close() {
      await pause();
      await client.end().catch(() => undefined);
    },
  };
}
