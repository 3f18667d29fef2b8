/** What happens to a plan when the database changes behind its back: refused when it matters, applied when it does not. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplyOutcome } from '../src/apply/options.js';
import { planText } from '../src/plan/file.js';
import { schemactl } from './commands/run-binary.js';
import { query, testServer } from './support/database.js';
import { BEFORE, changesWithin, DESIRED } from './support/drift-changes.js';
import { applyTo, planOf } from './support/made-plan.js';

const mark = randomBytes(4).toString('hex');
const ROLE = `drift_${mark}`;
const OTHER = `drift_other_${mark}`;
const NAME = `drift_${mark}`;
const TEMPLATE = `${NAME}_template`;

/** Everything but what the plan itself is about. */
const PLANNED = 'column:app.planned.added';

/** What is no schema, or not within the scope. */
const WITHOUT: readonly (readonly [string, string])[] = [
  ['ANALYZE', 'analyze'],
  [
    'INSERT, UPDATE and DELETE',
    `insert into app.orders (total) values (1); update app.orders set total = 2; delete from app.orders where id < 3`,
  ],
  ['REINDEX', 'reindex table app.orders'],
  ['nextval', `select nextval('app.numbers')`],
  ['a table in another schema', 'alter table other.things add column extra text'],
  ['an index in another schema', 'create index on other.things (name)'],
  ['a password and a setting of a role', `alter role ${OTHER} password 'x'; alter role ${OTHER} set work_mem to '8MB'`],
  ['a comment in another schema', `comment on table other.things is 'not ours'`],
  ['a function in another schema', `create or replace function other.one() returns integer language sql as 'select 2'`],
];

let folder: string;
let url: string;
let bytes: Uint8Array;

const admin = async (sql: string): Promise<void> => {
  await query((await testServer()).url, sql);
};

/** The database as it was when the plan was made: a copy under the same name. */
async function asPlanned(): Promise<void> {
  await admin(`drop database if exists ${NAME} with (force)`);
  await admin(`create database ${NAME} template ${TEMPLATE}`);
}

const apply = (): Promise<ApplyOutcome> => applyTo(url, bytes);

const isApplied = async (): Promise<boolean> =>
  (await query(url, `select from pg_attribute where attrelid = 'app.planned'::regclass and attname = 'added'`)).length === 1;

beforeAll(async () => {
  const server = await testServer();
  const here = new URL(server.url);
  here.pathname = `/${TEMPLATE}`;
  await admin(`create role ${ROLE}`);
  await admin(`create role ${OTHER} login`);
  await admin(`create database ${TEMPLATE} template template0`);
  await query(here.href, BEFORE);
  here.pathname = `/${NAME}`;
  url = here.href;
  folder = mkdtempSync(join(tmpdir(), 'schemactl-drift-'));
  await asPlanned();
  const outcome = await planOf(url, DESIRED.replace('app.planned (id integer)', 'app.planned (id integer, added text)'));
  expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(outcome.document.plan.changes.map(({ address }) => address)).toEqual([PLANNED]);
  bytes = Buffer.from(planText(outcome.document));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of [NAME, TEMPLATE]) await admin(`drop database if exists ${name} with (force)`);
  for (const role of [ROLE, OTHER]) await admin(`drop role if exists ${role}`);
});

describe('a change within the scope between plan and apply is refused by its address', () => {
  it.each(changesWithin(ROLE))('%s', async (_, change, address) => {
    await asPlanned();
    await query(url, change);
    const { status, steps_run, exitCode, diagnostics } = await apply();
    expect(diagnostics.map(({ summary }) => summary).join('\n')).toContain(`${address} was `);
    expect(diagnostics.some((finding) => finding.address === address)).toBe(true);
    expect({ status, steps_run, exitCode }).toEqual({ status: 'failed', steps_run: 0, exitCode: 4 });
    expect(await isApplied()).toBe(false);
    expect(await query(url, `select from pg_namespace where nspname = 'schemactl'`), 'no ledger is made by a refusal').toEqual([]);
  });
});

describe('what is no change of the managed schema does not matter', () => {
  it.each(WITHOUT)('%s', async (_, change) => {
    await asPlanned();
    await query(url, change);
    const { diagnostics, ...outcome } = await apply();
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(outcome).toEqual({ status: 'done', steps_run: 1, exitCode: 0 });
    expect(await isApplied()).toBe(true);
  });
});

describe('the executable', () => {
  const run = async (change: string) => {
    await asPlanned();
    writeFileSync(join(folder, 'plan.json'), bytes);
    await query(url, change);
    return schemactl(folder, ['apply', 'plan.json', '--url', url, '--yes']);
  };

  it('exits with 4, names what changed, and says that nothing was changed', async () => {
    const { code, stdout, stderr } = await run('alter table app.orders add column extra text');
    expect(stderr).toContain('error[SC6231] the database has changed since the plan was made');
    expect(stderr).toContain('error[SC6232] column:app.orders.extra was added');
    expect(stderr).toContain('hint: make the plan again');
    expect(stdout).toMatch(/^Nothing was changed in \S+\.\n$/);
    expect(code).toBe(4);
  });

  it('exits with 0 for a change outside of the scope', async () => {
    const { code, stdout } = await run('alter table other.things add column extra text');
    expect(stdout).toMatch(/^Applied 1 step to /);
    expect(code).toBe(0);
  });
});
