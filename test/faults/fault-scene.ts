/** The small plan that most faults are tried on: a transaction, an index built beside the traffic, and a transaction again. */
import { query, type TestServer } from '../support/database.js';
import type { Exchange, Moment, Watcher } from '../support/wire.js';
import type { Ended } from './apply-process.js';
import { workSession } from './kill-points.js';
import { ledgerNow, openScene, type Scene, type SceneFiles } from './scene.js';

const BEFORE = `
create schema app;
create table app.orders (id bigint primary key, customer bigint not null, code text);
create table app.customers (id bigint primary key, name text);
insert into app.orders select i, 1 + i % 7, 'c' || i from generate_series(1, 200) i;
insert into app.customers select i, 'n' || i from generate_series(1, 7) i;
`;

const AFTER = `
create schema app;
create table app.orders (id bigint primary key, customer bigint not null, code text, note text);
create table app.customers (id bigint primary key, name text, email text);
create index orders_code on app.orders (code);
alter table app.orders add constraint orders_customer foreign key (customer) references app.customers (id);
`;

export function faultScene(server: TestServer, name: string, more: Partial<SceneFiles> = {}): Promise<Scene> {
  return openScene(server, { name, before: BEFORE, after: AFTER, ...more });
}

/** The step that runs outside a transaction. */
export function looseStep(scene: Scene): { readonly id: string; readonly sql: string } {
  const step = scene.body.steps.find(({ transaction }) => transaction === 'none');
  if (!step) throw new Error('the plan has no step without a transaction');
  return { id: step.id, sql: step.statements[0]?.sql as string };
}

export function firstStatement(scene: Scene, step = 0): string {
  return scene.body.steps[step]?.statements[0]?.sql as string;
}

/** Does something once, when the work session gets to this statement, which it may have passed `after` times. */
export function onceAt(
  scene: Scene,
  sql: string | RegExp,
  moment: Moment,
  act: (exchange: Exchange) => ReturnType<Watcher>,
  after = 0,
): Watcher {
  let seen = 0;
  return (exchange, now) => {
    if (now !== moment || exchange.session !== workSession(scene.body)) return undefined;
    if (typeof sql === 'string' ? exchange.sql !== sql : !sql.test(exchange.sql)) return undefined;
    seen += 1;
    return seen === after + 1 ? act(exchange) : undefined;
  };
}

/** What does not hold of a plan that was applied to its end, each step once. */
export async function notWhole(scene: Scene): Promise<readonly string[]> {
  const ledger = await ledgerNow(scene);
  const wrong: string[] = [];
  const steps = scene.body.steps.map(({ id }) => `${id} done`).join(', ');
  if (ledger?.steps.join(', ') !== steps) wrong.push(`steps: ${ledger?.steps.join(', ')}`);
  if (ledger?.plans.at(-1) !== `${scene.body.id} completed`) wrong.push(`plans: ${ledger?.plans.join(', ')}`);
  if (ledger?.phases.some((phase) => !phase.endsWith('finished'))) wrong.push(`phases: ${ledger.phases.join(', ')}`);
  const invalid = await query<{ name: string }>(scene.url, 'select indexrelid::regclass::text as name from pg_index where not indisvalid');
  wrong.push(...invalid.map(({ name }) => `INVALID index ${name}`));
  return wrong;
}

/** Steps that the ledger has as done. */
export async function doneSteps(scene: Scene): Promise<number> {
  const ledger = await ledgerNow(scene);
  return ledger?.steps.filter((step) => step.endsWith(' done')).length ?? 0;
}

/** What a failed expectation should show. */
export function told({ code, signal, stdout, stderr }: Ended): string {
  return `${signal ?? `exit ${code}`}\n${stdout}${stderr}`;
}
