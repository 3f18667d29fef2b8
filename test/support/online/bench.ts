/** What a run of a strategy needs: a server with its database, as often as wanted, another server for scratch, and the executable. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { PlanBody, PlanDocument } from '../../../src/core/plan.js';
import { type Ended, schemactl } from '../../faults/apply-process.js';
import { type DatabaseSource, keptRelations, RELATIONS, type RelationRow } from '../judge.js';
import { psql } from '../postgres-programs.js';
import { query } from '../sql-query.js';
import { type SeenSchema, schemaDifferences, seenSchema } from './schema-verdict.js';
import { filledKeys, filledRows, type Strategy } from './strategy.js';

export interface BenchOptions {
  /** URL of the server that the application uses; superuser. */
  readonly server: string;
  /** URL of the server for scratch databases: another one, so that planning is not part of what is measured. */
  readonly scratch: string;
  /** Folder with a folder for every strategy. */
  readonly strategies: string;
  /** Where plans are written. */
  readonly folder: string;
  readonly rows: number;
  readonly rate: number;
  readonly seed: number;
  /** Without us, before the plan. */
  readonly aloneMs: number;
  /** Both forms of the application, between the phases. */
  readonly bothMs: number;
}

export interface Bench extends BenchOptions {
  readonly strategy: Strategy;
  /** A new database with the rows; its name is the same every time. */
  reset(): Promise<string>;
  plan(url: string, as?: readonly string[]): Promise<PlanBody>;
  /** Runs the executable in the folder that `plan` writes plan.json to. @throws Error unless it ends with 0 */
  run(args: readonly string[]): Promise<Ended>;
  /** How the schema differs from the one wanted, in lines for people. */
  differs(url: string): Promise<readonly string[]>;
  /** The same from a schema that was seen before, with every column in its place. */
  differsFrom(url: string, before: SeenSchema): Promise<readonly string[]>;
  drop(): Promise<void>;
}

export async function openBench(options: BenchOptions, strategy: Strategy): Promise<Bench> {
  const name = `online_${strategy.name.replaceAll('-', '_')}_${process.pid}`;
  const template = `${name}_before`;
  const at = (database: string): string => {
    const url = new URL(options.server);
    url.pathname = `/${database}`;
    return url.href;
  };
  const admin = (sql: string): Promise<unknown> => query(options.server, sql);
  const file = (side: string): string => readFileSync(join(options.strategies, strategy.name, `${side}.sql`), 'utf8');
  const folder = join(options.folder, strategy.name);
  const empty = async (database: string, script: string): Promise<string> => {
    await admin(`drop database if exists ${database} with (force)`);
    await admin(`create database ${database} template template0`);
    await psql(at(database), script);
    return at(database);
  };
  let before: readonly RelationRow[] = [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'after.sql'), file('after'));
  await fill(await empty(template, file('before')), strategy, options.rows);
  const expected = await seenSchema(await empty(`${name}_after`, file('after')));
  const databases: DatabaseSource = {
    async newDatabase() {
      const url = await empty(`${name}_reload`, '');
      return { url, drop: async () => void (await admin(`drop database if exists ${name}_reload with (force)`)) };
    },
  };
  const run = async (args: readonly string[]): Promise<Ended> => {
    const ended = await schemactl(folder, args);
    if (ended.code !== 0) throw new Error(`schemactl ${args[0]} ended with ${ended.code}: ${ended.stderr.trim()}`);
    return ended;
  };
  return {
    ...options,
    folder,
    strategy,
    run,
    async reset() {
      await admin(`drop database if exists ${name} with (force)`);
      await admin(`create database ${name} template ${template}`);
      before = await query<RelationRow>(at(name), RELATIONS);
      return at(name);
    },
    async plan(url, as = strategy.plan ?? []) {
      const usual = ['--manage', '*', '--allow', '*', '--adopt', '--scratch', options.scratch, '--out', 'plan.json'];
      await run(['plan', '--url', url, '--desired', 'after.sql', ...usual, ...as]);
      return (JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as PlanDocument).plan;
    },
    async differs(url) {
      return schemaDifferences(url, expected, keptRelations(before, await query<RelationRow>(url, RELATIONS)), databases);
    },
    differsFrom: (url, seen) => schemaDifferences(url, seen, new Set(), null),
    async drop() {
      for (const database of [name, template, `${name}_after`]) await admin(`drop database if exists ${database} with (force)`);
    },
  };
}

async function fill(url: string, strategy: Strategy, rows: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Foreign keys of the state before hold by how the rows are made.
    await client.query('set session_replication_role = replica');
    for (const entity of strategy.entities) {
      const columns = [entity.keyInto ?? 'id', ...Object.keys(entity.columns)].join(', ');
      await client.query(`insert into ${entity.into} select ${columns} from (${filledRows(entity, rows)}) f`);
    }
    await client.query('vacuum analyze');
    for (const entity of strategy.entities) {
      const { rows: counted } = await client.query<{ count: string }>(`select count(*) from (${entity.old.rows}) r`);
      const keys = filledKeys(entity, rows);
      if (counted[0]?.count !== String(keys))
        throw new Error(`${strategy.name}: ${entity.name} has ${counted[0]?.count} rows, not ${keys}`);
    }
  } finally {
    await client.end();
  }
}
