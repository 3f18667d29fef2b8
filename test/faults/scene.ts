/** A database in its state before a plan, as often as wanted, and the plan that leads to its state after; knows no fault. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalog } from '../../src/catalog/read.js';
import { pinSession } from '../../src/catalog/session.js';
import type { PlanBody, PlanDocument } from '../../src/core/plan.js';
import { kindsAskedFor } from '../../src/diff/cluster-wide.js';
import { kindByName, kinds } from '../../src/kinds/registry.js';
import { fingerprintOf, managedHashes } from '../../src/plan/managed.js';
import { query, type TestServer, withClient } from '../support/database.js';
import { schemaDump } from '../support/judge.js';
import { psql } from '../support/postgres-programs.js';
import { schemactl } from './apply-process.js';
import { type Rows, seedRows, tableRows } from './rows.js';

export interface SceneFiles {
  readonly name: string;
  /** SQL that psql loads; rows may be in it. */
  readonly before: string;
  /** The desired state. */
  readonly after: string;
  /** Fill what has no rows yet. */
  readonly seed?: boolean;
  /** Patterns of --manage; default: everything. */
  readonly manage?: readonly string[];
  /** Content of schemactl.yaml; `$url` stands for the database. */
  readonly config?: string;
  /** Arguments of plan beyond the usual ones. */
  readonly planArguments?: readonly string[];
}

export interface Scene {
  readonly name: string;
  readonly server: TestServer;
  /** Of the database that is planned for and applied to; made anew by `reset`. */
  readonly url: string;
  readonly database: string;
  readonly folder: string;
  /** Path of the plan file. */
  readonly plan: string;
  readonly body: PlanBody;
  /** Rows before anything was done. */
  rows(): Rows;
  /** Puts the database back to its state before the plan; ends whoever is connected. */
  reset(): Promise<void>;
  /** SQL in the template, for all later resets; it must leave the schema alone. */
  prepare(sql: string): Promise<void>;
  drop(): Promise<void>;
}

/** What is compared of a database after a plan. */
export interface EndState {
  readonly fingerprint: string;
  readonly dump: string;
  readonly ledger: Ledger | null;
  readonly rows: Rows;
}

export interface Ledger {
  /** "1 done". */
  readonly steps: readonly string[];
  readonly plans: readonly string[];
  readonly phases: readonly string[];
}

/** Prepares the template, plans once. A plan is bound to the name of its database, so every run takes the same one. */
export async function openScene(server: TestServer, files: SceneFiles): Promise<Scene> {
  const database = `fault_${files.name}_${randomBytes(3).toString('hex')}`;
  const template = `${database}_before`;
  const at = (name: string): string => {
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    return url.href;
  };
  const admin = (sql: string) => query(server.url, sql);
  await admin(`create database ${template} template template0`);
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-faults-'));
  const drop = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    for (const name of [database, template]) await admin(`drop database if exists ${name} with (force)`);
  };
  try {
    await psql(at(template), files.before);
    if (files.seed) await seedRows(at(template));
    const reset = async (): Promise<void> => {
      await admin(`drop database if exists ${database} with (force)`);
      await admin(`create database ${database} template ${template}`);
    };
    await reset();
    writeFileSync(join(folder, 'after.sql'), files.after);
    const plan = join(folder, 'plan.json');
    if (files.config !== undefined) writeFileSync(join(folder, 'schemactl.yaml'), files.config.replaceAll('$url', at(database)));
    const manage = (files.manage ?? ['*']).flatMap((pattern) => ['--manage', pattern]);
    const usual = [...manage, '--allow', '*', '--adopt', '--scratch', server.url, '--out', plan];
    const target = files.planArguments?.includes('--env') ? [] : ['--url', at(database)];
    const args = ['plan', ...target, '--desired', 'after.sql', ...usual, ...(files.planArguments ?? [])];
    const planned = await schemactl(folder, args);
    if (planned.code !== 0) throw new Error(`${files.name}: plan ended with ${planned.code}\n${planned.stderr}`);
    const body = (JSON.parse(readFileSync(plan, 'utf8')) as PlanDocument).plan;
    let rows = await tableRows(at(template));
    const prepare = async (sql: string): Promise<void> => {
      await query(at(template), sql);
      rows = await tableRows(at(template));
    };
    return { name: files.name, server, url: at(database), database, folder, plan, body, rows: () => rows, reset, prepare, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

export async function endState(scene: Scene): Promise<EndState> {
  return {
    fingerprint: await fingerprintNow(scene),
    dump: await schemaDump(scene.url),
    ledger: await ledgerNow(scene),
    rows: await tableRows(scene.url),
  };
}

/** Over everything that the plan manages, which is all there is but the ledger. */
export async function fingerprintNow(scene: Scene): Promise<string> {
  return withClient(scene.url, async (client) => {
    await pinSession(client);
    const state = await readCatalog(client, { major: scene.body.database.major, kinds: kindsAskedFor(kinds, []) });
    return fingerprintOf(managedHashes(state, scene.body.scope, new Set(Object.keys(scene.body.before.objects)), kindByName));
  });
}

export async function ledgerNow(scene: Scene): Promise<Ledger | null> {
  const [found] = await query<{ there: boolean }>(scene.url, `select to_regclass('schemactl.steps') is not null as there`);
  if (found?.there !== true) return null;
  const texts = async (sql: string): Promise<readonly string[]> => {
    const rows = await query<{ text: string }>(scene.url, sql.replaceAll('$plan', `'${scene.body.id}'`));
    return rows.map(({ text }) => text);
  };
  return {
    steps: await texts(`select step || ' ' || state as text from schemactl.steps where plan = $plan order by step::bigint`),
    plans: await texts(`select id || ' ' || state as text from schemactl.plans order by number`),
    phases: await texts(
      `select phase || case when finished_at is null then ' open' else ' finished' end as text
         from schemactl.phases where plan = $plan order by started_at`,
    ),
  };
}
