/** Runs declarations in an open scratch database, in order, and says what of them PostgreSQL refuses; knows no kind and makes no database. */
import type { ClientBase } from 'pg';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Declaration } from '../desired/declaration.js';
import { explainFailures, type Failure, type ServerError, serverError } from './failure.js';

/** Statements per round trip: one refused statement costs that its batch runs again in halves. */
const BATCH = 128;
const BATCH_CHARACTERS = 256_000;

/** A statement whose failure says nothing about others being missing: trying again cannot help. */
const FINAL = new Set(['42601', '42P06', '42P07', '42710', '42723', '42701', '42501', '22023', '0A000']);

/** Every failure that is left when trying the rest again no longer helps; none means that all of it is there. */
export async function runDeclarations(client: ClientBase, ordered: readonly Declaration[]): Promise<readonly Diagnostic[]> {
  // Bodies are not looked into: they may name what comes later, and PostgreSQL checks them when they run.
  await client.query('set check_function_bodies = off; set client_min_messages = error');
  const session: Session = { client, settings: new Map() };
  let waiting: readonly Declaration[] = ordered;
  const failures: Failure[] = [];
  for (;;) {
    const failed: Failure[] = [];
    for (const batch of batches(waiting)) await runBatch(session, batch, failed);
    failures.push(...failed.filter(({ error }) => FINAL.has(error.code)));
    const again = failed.filter(({ error }) => !FINAL.has(error.code));
    if (again.length === 0 || failed.length === waiting.length) {
      failures.push(...again);
      break;
    }
    waiting = again.map(({ declaration }) => declaration);
  }
  await leave(session);
  return explainFailures(failures, ordered);
}

interface Session {
  readonly client: ClientBase;
  /** What is in force; absent: PostgreSQL's default. */
  readonly settings: Map<string, string>;
}

function* batches(declarations: readonly Declaration[]): Generator<readonly Declaration[]> {
  let batch: Declaration[] = [];
  let size = 0;
  for (const declaration of declarations) {
    if (batch.length > 0 && (batch.length >= BATCH || size + declaration.sql.length > BATCH_CHARACTERS)) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(declaration);
    size += declaration.sql.length;
  }
  if (batch.length > 0) yield batch;
}

/** All in one implicit transaction; when one is refused, nothing of it is there, and each half is tried by itself. */
async function runBatch(session: Session, batch: readonly Declaration[], failed: Failure[]): Promise<void> {
  const only = batch.length === 1 ? batch[0] : undefined;
  const error = only ? await runOne(session, only) : await runTogether(session, batch);
  if (error === null) return;
  if (only) {
    failed.push({ declaration: only, error });
    return;
  }
  const middle = batch.length >> 1;
  await runBatch(session, batch.slice(0, middle), failed);
  await runBatch(session, batch.slice(middle), failed);
}

async function runTogether(session: Session, batch: readonly Declaration[]): Promise<ServerError | null> {
  const settings = new Map(session.settings);
  // A comment at the end of a statement must not swallow the semicolon.
  const text = batch.map((declaration) => `${settingStatements(settings, declaration)}${declaration.sql}\n;\n`).join('');
  const error = await attempt(session.client, text);
  if (error === null) {
    session.settings.clear();
    for (const [name, value] of settings) session.settings.set(name, value);
  }
  return error;
}

/** The settings go ahead in a statement of their own, so that positions in an error are positions in the declaration. */
async function runOne(session: Session, declaration: Declaration): Promise<ServerError | null> {
  const text = settingStatements(session.settings, declaration);
  const refused = text === '' ? null : await attempt(session.client, text);
  if (refused !== null) {
    await leave(session);
    return { ...refused, position: null };
  }
  return attempt(session.client, declaration.sql);
}

/** Brings `settings` to what the declaration needs and returns how to say so. */
function settingStatements(settings: Map<string, string>, declaration: Declaration): string {
  const statements: string[] = [];
  for (const name of settings.keys()) {
    if (name in declaration.settings) continue;
    settings.delete(name);
    statements.push(`reset ${name};\n`);
  }
  for (const [name, value] of Object.entries(declaration.settings)) {
    if (settings.get(name) === value) continue;
    settings.set(name, value);
    statements.push(`select pg_catalog.set_config('${name}', '${value.replaceAll("'", "''")}', false);\n`);
  }
  return statements.join('');
}

/** The server's refusal; anything else that goes wrong (a lost connection) is thrown. */
async function attempt(client: ClientBase, text: string): Promise<ServerError | null> {
  try {
    await client.query(text);
    return null;
  } catch (error) {
    const refused = serverError(error);
    if (refused === null) throw error;
    return refused;
  }
}

async function leave(session: Session): Promise<void> {
  const names = [...session.settings.keys()];
  session.settings.clear();
  if (names.length > 0) await session.client.query(names.map((name) => `reset ${name}`).join(';'));
}
