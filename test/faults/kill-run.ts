/** Applies a plan, once undisturbed and once for every kill point, and says what was different in the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { query } from '../support/database.js';
import { openWire, type Wire } from '../support/wire.js';
import { type Ended, schemactl, start } from './apply-process.js';
import { type KillPoint, sessionName, workSession } from './kill-points.js';
import { lostRows } from './rows.js';
import { type EndState, endState, type Scene } from './scene.js';

/** What the user runs, one after the other: the arguments after `apply plan.json --url …`. */
export type Commands = readonly (readonly string[])[];

export const WHOLE: Commands = [[]];
export const IN_PHASES: Commands = [
  ['--phase', 'expand'],
  ['--phase', 'contract'],
];

/** A killed apply is continued by the next one; that it takes more than this many is a failure. */
const MOST_TRIES = 3;

export interface Undisturbed {
  readonly end: EndState;
  readonly exchanges: Wire['exchanges'];
}

export async function runUndisturbed(scene: Scene, commands: Commands): Promise<Undisturbed> {
  await scene.reset();
  const wire = await openWire(scene.server.url, sessionName);
  try {
    for (const command of commands) {
      const ended = await apply(scene, wire.url(scene.database), command);
      if (ended.code !== 0) throw new Error(`${scene.name}: undisturbed, apply ended with ${ended.code}\n${ended.stderr}`);
    }
    return { end: await endState(scene), exchanges: wire.exchanges };
  } finally {
    await wire.close();
  }
}

export interface KillResult {
  readonly point: KillPoint;
  /** Applies after the killed one, and how those ended that did not end well. */
  readonly tries: number;
  readonly failures: readonly Ended[];
  /** The other session of an 'inside' point did stand in the way. */
  readonly wasInside: boolean;
  readonly problems: readonly string[];
}

export async function runKilled(scene: Scene, commands: Commands, point: KillPoint, expected: EndState): Promise<KillResult> {
  await scene.reset();
  const failures: Ended[] = [];
  const problems: string[] = [];
  const waiting = [...commands];
  const killed = await killAt(scene, waiting, point);
  if (!killed.happened) problems.push('the run did not come by there again');
  let tries = 0;
  while (waiting.length > 0 && failures.length < MOST_TRIES) {
    tries += 1;
    const ended = await apply(scene, scene.url, waiting[0] as readonly string[]);
    if (ended.code === 0) waiting.shift();
    else failures.push(ended);
  }
  if (waiting.length > 0) problems.push(`apply did not come to its end:\n${failures.at(-1)?.stderr.trim()}`);
  problems.push(...differences(await endState(scene), expected, scene));
  return { point, tries, failures, wasInside: killed.wasInside, problems };
}

/** Runs the commands until one is killed at the point; those before it are taken off the list. */
async function killAt(scene: Scene, waiting: (readonly string[])[], point: KillPoint): Promise<{ happened: boolean; wasInside: boolean }> {
  const wire = await openWire(scene.server.url, sessionName);
  const found = { happened: false, wasInside: false };
  try {
    while (waiting.length > 0 && !found.happened) {
      const running = start(scene.folder, argumentsOf(scene, wire.url(scene.database), waiting[0] as readonly string[]));
      let obstacle: Obstacle | null = null;
      wire.watch(async (exchange, moment) => {
        if (exchange.session !== workSession(scene.body)) return undefined;
        if (exchange.sql !== point.sql || exchange.occurrence !== point.occurrence) return undefined;
        if (point.inside && moment === 'before') obstacle = await standInTheWay(scene.url);
        // The server may be done before it is looked at: then it is killed with the answer in its hands.
        if (moment !== point.moment && !(obstacle && moment === 'answered')) return undefined;
        if (found.happened) return 'cut';
        if (obstacle) found.wasInside = await isWaiting(scene);
        found.happened = true;
        await running.kill();
        return 'cut';
      });
      const ended = await running.ended;
      if (obstacle) await removeObstacle(scene, obstacle, point);
      if (!found.happened && ended.code !== 0) throw new Error(`apply ended with ${ended.code} before it was killed\n${ended.stderr}`);
      if (!found.happened) waiting.shift();
    }
  } finally {
    await wire.close();
  }
  return found;
}

export type Obstacle = pg.Client;

/**
 * An old snapshot and a weak lock on every table: CREATE INDEX CONCURRENTLY waits for the first in its last phase, DROP INDEX CONCURRENTLY and
 * DETACH PARTITION CONCURRENTLY wait for the second in their middle.
 */
export async function standInTheWay(url: string): Promise<Obstacle> {
  const client = new pg.Client({ connectionString: url, application_name: 'obstacle' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin isolation level repeatable read');
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema|schemactl)'`,
  );
  if (rows.length > 0) await client.query(`lock table ${rows.map(({ name }) => name).join(', ')} in access share mode`);
  return client;
}

async function removeObstacle(scene: Scene, obstacle: Obstacle, point: KillPoint): Promise<void> {
  if (point.inside === 'abandoned')
    await until(async () => (await ownSessions(scene)).length === 0, 'the dead client’s session did not end');
  await obstacle.end();
}

/** True as soon as the step's session waits for somebody; false when it does not within a second. */
export async function isWaiting(scene: Scene): Promise<boolean> {
  for (let look = 0; look < 20; look += 1) {
    const sessions = await ownSessions(scene);
    if (sessions.some(({ waits, name }) => waits && sessionName(name) === workSession(scene.body))) return true;
    await sleep(50);
  }
  return false;
}

export function ownSessions(scene: Scene): Promise<readonly { name: string; waits: boolean }[]> {
  return query(
    scene.server.url,
    `select application_name as name, wait_event_type is not distinct from 'Lock' as waits from pg_stat_activity
      where datname = '${scene.database}' and application_name like 'schemactl/%'`,
  );
}

export async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await sleep(100);
  }
}

export function apply(scene: Scene, url: string, command: readonly string[]): Promise<Ended> {
  return schemactl(scene.folder, argumentsOf(scene, url, command));
}

export function argumentsOf(scene: Scene, url: string, command: readonly string[]): readonly string[] {
  return ['apply', scene.plan, '--url', url, '--yes', ...command];
}

export function differences(end: EndState, expected: EndState, scene: Scene): readonly string[] {
  const problems: string[] = [];
  if (end.fingerprint !== expected.fingerprint) problems.push('another fingerprint than undisturbed');
  if (end.dump !== expected.dump) problems.push(`another pg_dump than undisturbed:\n${firstDifference(end.dump, expected.dump)}`);
  const steps = scene.body.steps.map(({ id }) => `${id} done`);
  if (JSON.stringify(end.ledger?.steps) !== JSON.stringify(steps)) problems.push(`steps in the ledger: ${end.ledger?.steps.join(', ')}`);
  const plans = [`${scene.body.id} completed`];
  if (JSON.stringify(end.ledger?.plans) !== JSON.stringify(plans)) problems.push(`plans in the ledger: ${end.ledger?.plans.join(', ')}`);
  if (JSON.stringify(end.ledger?.phases) !== JSON.stringify(expected.ledger?.phases)) {
    problems.push(`phases in the ledger: ${end.ledger?.phases.join(', ')}, not ${expected.ledger?.phases.join(', ')}`);
  }
  problems.push(...lostRows(scene.rows(), end.rows));
  if (JSON.stringify(end.rows) !== JSON.stringify(expected.rows)) problems.push('other rows than undisturbed');
  return problems;
}

function firstDifference(actual: string, expected: string): string {
  const [left, right] = [actual.split('\n'), expected.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  return [...left.slice(at, at + 5).map((line) => `- ${line}`), ...right.slice(at, at + 5).map((line) => `+ ${line}`)].join('\n');
}
