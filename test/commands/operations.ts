/** A database where a plan was stopped in the middle, as status, unlock and abort find it; judges nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { planText } from '../../src/plan/file.js';
import { createDatabase, query, type TestDatabase, testServer } from '../support/database.js';
import { applyTo, planOf } from '../support/made-plan.js';
import { project, schemactl } from './run-binary.js';

export interface Scene {
  readonly database: TestDatabase;
  readonly folder: string;
  run(...args: string[]): ReturnType<typeof schemactl>;
}

/** Where the plan of `STOPPED` begins. */
export const BEGINNING = `
  create schema app;
  create table app.orders (id bigint primary key, total bigint not null, note text);
  create table app.other (id bigint primary key);
  insert into app.orders select n, n % 10 from generate_series(1, 100) n;`;

/** Step 1 makes a table and columns in a transaction, step 2 builds an index, step 3 cannot: the totals are not unique. */
export const STOPPED = `
  create schema app;
  create table app.orders (id bigint primary key, total bigint not null, note text, customer bigint);
  create index orders_customer on app.orders (customer);
  create unique index orders_total on app.orders (total);
  create table app.other (id bigint primary key, extra text not null default 'x');
  create table app.fresh (id bigint primary key);`;

const config = (url: string, more: string): string => `version: 1
desired: [schemas]
environments:
  test:
    url: ${url}
    adopt: true
    timeouts: { lock: 500ms, lock_retries: 1 }
${more}`;

/** A database and a project for one test. `more`: lines of the environment. */
export async function scene(desired: string, beginning = BEGINNING, more = ''): Promise<Scene> {
  const database = await createDatabase();
  onTestFinished(() => database.drop());
  await query(database.url, beginning);
  const folder = project({ 'schemactl.yaml': config(database.url, more), 'schemas/app.sql': desired });
  // Scratch databases where there is a server already.
  const env = { SCHEMACTL_SCRATCH: (await testServer()).url };
  return { database, folder, run: (...args) => schemactl(folder, args, env) };
}

/** Plans what the file says, saves the plan and applies it, without the executable; gives the plan's id and apply's exit code. */
export async function applyNow({ database, folder }: Scene, file = 'plan.json'): Promise<{ readonly id: string; readonly code: number }> {
  const desired = readFileSync(join(folder, 'schemas/app.sql'), 'utf8');
  const allow = [{ hazard: '*', address: null }];
  const { document } = await planOf(database.url, desired, { environment: 'test', adopt: true, allow });
  writeFileSync(join(folder, file), planText(document));
  const { exitCode } = await applyTo(database.url, document, { environment: 'test' });
  return { id: document.plan.id, code: exitCode };
}

/** The plan of `STOPPED` after two of three steps. */
export async function stoppedScene(more = ''): Promise<Scene & { readonly id: string }> {
  const at = await scene(STOPPED, BEGINNING, more);
  const { id, code } = await applyNow(at);
  if (code !== 5) throw new Error(`apply ended with ${code} instead of stopping`);
  return { ...at, id };
}

/** A second session, open until the test is over or it is ended from outside. */
export async function session(url: string, application: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: application });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  return client;
}

/** The lock of an apply, as another session may hold it. */
export async function holdLock(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(`select pg_backend_pid() as pid from pg_advisory_lock(${0x7363686d}, 1)`);
  return (rows[0] as { pid: number }).pid;
}

/** Without what differs from run to run: ids, times, process numbers, addresses. */
export function masked(text: string, { database }: Scene): string {
  return text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '<time>')
    .replaceAll(/pid \d+/g, 'pid <pid>')
    .replaceAll(/for \d[\d.]* (ms|s|min)( \d+ s)?/g, 'for <duration>')
    .replaceAll(/@[^\s@]+\/(?=test_)/g, '@<host>/')
    .replaceAll(database.name, '<database>')
    .replaceAll(/PostgreSQL \d+\.\d+/g, 'PostgreSQL <version>')
    .replaceAll(/schemactl \d+\.\d+\.\d+/g, 'schemactl <version>')
    .replaceAll(/from (127\.0\.0\.1|local socket)/g, 'from <client>');
}

/** Ends when the condition does not come true within half a minute. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('waited for 30 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
