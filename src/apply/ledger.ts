/** The ledger in the target database: what a catalog cannot show. Callers hold the advisory lock when they write; knows no kind. */
import type { ClientBase } from 'pg';
import { DiagnosticError } from '../core/diagnostic.js';
import type { Hash, Phase, PlanDocument } from '../core/plan.js';
import { planText } from '../plan/file.js';
import { planDigest } from '../trust/statement.js';
import { LEDGER_FORMAT, REVOKE_FROM_OTHERS, upgrades } from './ledger-tables.js';

export interface LedgerIdentity {
  readonly format: number;
  /** Identity of the database, given at creation. */
  readonly database: string;
}

export interface LedgerPlan {
  readonly id: string;
  readonly digest: Hash;
  /** 'aborting': some of it is taken back, and only that can go on. */
  readonly state: 'started' | 'aborting' | 'completed' | 'aborted';
  readonly environment: string | null;
  readonly applied_by: string;
  readonly tool: string;
  readonly before_fingerprint: Hash;
  readonly after_fingerprint: Hash;
  /** The signed plan file as it was applied: the contract phase runs from it. */
  readonly document: string;
  readonly managed: readonly string[];
  readonly ignored: readonly string[];
  readonly schemas: readonly string[];
  readonly declared: readonly string[];
  /** ISO 8601, UTC. */
  readonly started_at: string;
  readonly finished_at: string | null;
}

export interface LedgerStep {
  readonly step: string;
  readonly state: 'intent' | 'done' | 'undoing' | 'undone';
  readonly xid: string;
  readonly started_at: string;
  readonly finished_at: string | null;
}

export interface LedgerPhase {
  readonly phase: Phase;
  readonly started_at: string;
  readonly finished_at: string | null;
}

const instant = (column: string): string =>
  `pg_catalog.to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`;

const PLAN_COLUMNS = `id, digest, state, environment, applied_by, tool, before_fingerprint, after_fingerprint, document,
  managed, ignored, schemas, declared, ${instant('started_at')}, ${instant('finished_at')}`;

/** Never creates anything; null when there is no ledger. @throws DiagnosticError SC5101, SC5102, SC5103 */
export async function readLedger(client: ClientBase): Promise<LedgerIdentity | null> {
  // has_table_privilege says false, and not an error, to a role that may not even use the schema.
  const { rows } = await client.query<{ meta: boolean; readable: boolean; occupied: boolean; owner: string }>(`
    select m.oid is not null as meta,
           m.oid is not null and pg_catalog.has_schema_privilege(n.oid, 'usage')
             and pg_catalog.has_table_privilege(m.oid, 'select') as readable,
           exists (select from pg_catalog.pg_class c where c.relnamespace = n.oid) as occupied,
           pg_catalog.pg_get_userbyid(n.nspowner) as owner
      from pg_catalog.pg_namespace n
      left join pg_catalog.pg_class m on m.relnamespace = n.oid and m.relname = 'meta' and m.relkind = 'r'
     where n.nspname = 'schemactl'`);
  const found = rows[0];
  if (found === undefined || !found.occupied) return null;
  if (!found.meta) {
    throw failure(
      'SC5101',
      'the schema schemactl holds something that is not a ledger',
      'rename that schema: schemactl keeps its ledger there',
    );
  }
  if (!found.readable) {
    const hint = `grant usage on schema schemactl and select on its tables to this role, or connect as "${found.owner}"`;
    throw failure('SC5102', `the ledger belongs to role "${found.owner}" and this role may not read it`, hint);
  }
  const meta = await client.query<LedgerIdentity>('select format, database from schemactl.meta');
  const identity = meta.rows[0];
  if (identity === undefined) throw failure('SC5101', 'the ledger has lost its identity row', 'restore the schema schemactl');
  if (identity.format > LEDGER_FORMAT) {
    const summary = `the ledger has format ${identity.format}, and this schemactl knows formats up to ${LEDGER_FORMAT}`;
    throw failure('SC5103', summary, 'use the newer version of schemactl that wrote it');
  }
  return identity;
}

/** Creates the ledger or brings it up to date, in a transaction of its own. Repeating it changes nothing. */
export async function ensureLedger(client: ClientBase): Promise<LedgerIdentity> {
  const existing = await readLedger(client);
  if (existing?.format === LEDGER_FORMAT) return existing;
  await client.query('begin');
  try {
    // Types and operators in the DDL are looked up along the path.
    await client.query(`set local search_path = ''`);
    if (existing === null) await createSchema(client);
    for (const statements of upgrades.slice(existing?.format ?? 0)) {
      for (const sql of statements) await client.query(sql);
    }
    await client.query(existing === null ? 'insert into schemactl.meta (format) values ($1)' : 'update schemactl.meta set format = $1', [
      LEDGER_FORMAT,
    ]);
    const { rows } = await client.query<{ sql: string }>(REVOKE_FROM_OTHERS);
    if (existing === null) for (const { sql } of rows) await client.query(sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  const created = await readLedger(client);
  if (created === null) throw new Error('the ledger is not there after it was created');
  return created;
}

/** An administrator may have made the empty schema for a role that may not create schemas. */
async function createSchema(client: ClientBase): Promise<void> {
  const { rowCount } = await client.query(`select from pg_catalog.pg_namespace where nspname = 'schemactl'`);
  if (rowCount === 0) await client.query('create schema schemactl');
}

/** Consumes the plan's id. @throws DiagnosticError SC5104 when the id is known already. */
export async function startPlan(client: ClientBase, document: PlanDocument): Promise<void> {
  const { plan } = document;
  const { rowCount } = await client.query(
    `insert into schemactl.plans (id, digest, state, environment, applied_by, tool, before_fingerprint, after_fingerprint, document,
                                  managed, ignored, schemas, declared)
     values ($1, $2, 'started', $3, session_user, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do nothing`,
    [
      plan.id,
      planDigest(document),
      plan.environment,
      `${plan.tool.name} ${plan.tool.version}`,
      plan.before.fingerprint,
      plan.after.fingerprint,
      planText(document),
      ...[plan.scope.managed, plan.scope.ignored, plan.scope.schemas, plan.scope.declared].map((list) => JSON.stringify(list)),
    ],
  );
  if (rowCount !== 1) throw failure('SC5104', `the plan ${plan.id} was started before`, 'run apply again: it goes on where it stopped');
}

export async function planRow(client: ClientBase, id: string): Promise<LedgerPlan | null> {
  const { rows } = await client.query<LedgerPlan>(`select ${PLAN_COLUMNS} from schemactl.plans where id = $1`, [id]);
  return rows[0] ?? null;
}

/** Plans that were started and not finished, oldest first. */
export async function openPlans(client: ClientBase): Promise<readonly LedgerPlan[]> {
  const sql = `select ${PLAN_COLUMNS} from schemactl.plans where state in ('started', 'aborting') order by number`;
  return (await client.query<LedgerPlan>(sql)).rows;
}

/** The plan that was completed last, whose scope says what schemactl looks after here. */
export async function lastApplied(client: ClientBase): Promise<LedgerPlan | null> {
  const sql = `select ${PLAN_COLUMNS} from schemactl.plans p where state = 'completed' order by p.finished_at desc, number desc limit 1`;
  return (await client.query<LedgerPlan>(sql)).rows[0] ?? null;
}

/** Plans that were completed after an instant (ISO 8601), in this order. */
export async function completedSince(client: ClientBase, since: string): Promise<readonly LedgerPlan[]> {
  const sql = `select ${PLAN_COLUMNS} from schemactl.plans p where state = 'completed' and p.finished_at >= $1 order by p.finished_at, number`;
  return (await client.query<LedgerPlan>(sql, [since])).rows;
}

export async function completePlan(client: ClientBase, id: string): Promise<void> {
  await finishPlan(client, id, 'completed');
}

export async function abortPlan(client: ClientBase, id: string): Promise<void> {
  await finishPlan(client, id, 'aborted');
}

async function finishPlan(client: ClientBase, id: string, state: 'completed' | 'aborted'): Promise<void> {
  const { rowCount } = await client.query(
    `with settled as (delete from schemactl.transitions where plan = $1)
     update schemactl.plans set state = $2, finished_at = pg_catalog.clock_timestamp() where id = $1 and state in ('started', 'aborting')`,
    [id, state],
  );
  if (rowCount !== 1) throw failure('SC5105', `the plan ${id} is not open`, 'look at the table schemactl.plans');
}

/** From here on the plan can only be aborted. Repeating it is harmless. */
export async function startAbort(client: ClientBase, id: string): Promise<void> {
  const { rowCount } = await client.query(
    `update schemactl.plans set state = 'aborting' where id = $1 and state in ('started', 'aborting')`,
    [id],
  );
  if (rowCount !== 1) throw failure('SC5105', `the plan ${id} is not open`, 'look at the table schemactl.plans');
}

/** Repeating it is harmless: a phase starts once. */
export async function startPhase(client: ClientBase, id: string, phase: Phase): Promise<void> {
  await client.query('insert into schemactl.phases (plan, phase) values ($1, $2) on conflict do nothing', [id, phase]);
}

export async function finishPhase(client: ClientBase, id: string, phase: Phase): Promise<void> {
  const { rowCount } = await client.query(
    `update schemactl.phases set finished_at = coalesce(finished_at, pg_catalog.clock_timestamp()) where plan = $1 and phase = $2`,
    [id, phase],
  );
  if (rowCount !== 1) throw failure('SC5105', `the ${phase} phase of plan ${id} is not open`, 'look at the table schemactl.phases');
}

export async function phaseRows(client: ClientBase, id: string): Promise<readonly LedgerPhase[]> {
  const sql = `select phase, ${instant('started_at')}, ${instant('finished_at')} from schemactl.phases p where plan = $1 order by p.started_at`;
  return (await client.query<LedgerPhase>(sql, [id])).rows;
}

export async function stepRows(client: ClientBase, id: string): Promise<readonly LedgerStep[]> {
  const sql = `select step, state, xid, ${instant('started_at')}, ${instant('finished_at')}
                 from schemactl.steps where plan = $1 order by step::bigint`;
  return (await client.query<LedgerStep>(sql, [id])).rows;
}

/** Plans that were given up: how many, and the last. */
export async function abortedPlans(
  client: ClientBase,
): Promise<{ readonly count: number; readonly last: { readonly id: string; readonly finished_at: string } | null }> {
  const { rows } = await client.query<{ count: number; id: string; finished_at: string }>(
    `select (count(*) over ())::int as count, id, ${instant('finished_at')}
       from schemactl.plans p where state = 'aborted' order by p.finished_at desc, number desc limit 1`,
  );
  const row = rows[0];
  return row === undefined ? { count: 0, last: null } : { count: row.count, last: { id: row.id, finished_at: row.finished_at } };
}

/** Objects that stand between two states as long as the plan is open. */
export async function transitionRows(client: ClientBase, id: string): Promise<readonly { address: string; role: string }[]> {
  const sql = 'select address, role from schemactl.transitions where plan = $1 order by address';
  return (await client.query<{ address: string; role: string }>(sql, [id])).rows;
}

/** Whatever the plan makes and takes away again; a repeated try changes nothing. */
export async function recordTransitions(client: ClientBase, id: string, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return;
  await client.query(
    `insert into schemactl.transitions (address, plan, role) select a, $1, 'temporary' from pg_catalog.unnest($2::text[]) a
     on conflict (address) do update set plan = excluded.plan`,
    [id, addresses],
  );
}

/** Before a step that has no transaction; to be committed before its statement. A repeated try renews the row. */
export async function recordIntent(client: ClientBase, id: string, step: string): Promise<void> {
  const { rowCount } = await client.query(
    `insert into schemactl.steps as s (plan, step, state, xid, started_at)
     values ($1, $2, 'intent', pg_catalog.pg_current_xact_id()::text, pg_catalog.clock_timestamp())
     on conflict (plan, step) do update set xid = excluded.xid, started_at = excluded.started_at where s.state = 'intent'`,
    [id, step],
  );
  if (rowCount !== 1) throw doneTwice(id, step);
}

/**
 * Inside the step's own transaction, or after a step that has none. Returns the transaction's id, by which pg_xact_status() tells
 * later whether it was committed. @throws DiagnosticError SC5106 when the step is done already: the transaction must not go on.
 */
export async function recordDone(client: ClientBase, id: string, step: string): Promise<string> {
  // now() is the start of the transaction, and so of the step when there was no intent.
  const { rows } = await client.query<{ xid: string }>(
    `insert into schemactl.steps as s (plan, step, state, xid, started_at, finished_at)
     values ($1, $2, 'done', pg_catalog.pg_current_xact_id()::text, pg_catalog.now(), pg_catalog.clock_timestamp())
     on conflict (plan, step) do update set state = 'done', xid = excluded.xid, finished_at = excluded.finished_at where s.state = 'intent'
     returning xid`,
    [id, step],
  );
  if (rows[0] === undefined) throw doneTwice(id, step);
  return rows[0].xid;
}

/** Before a step is taken back outside a transaction; to be committed before its first statement. */
export async function recordUndoing(client: ClientBase, id: string, step: string): Promise<void> {
  await undoStep(
    client,
    `update schemactl.steps set state = 'undoing', xid = pg_catalog.pg_current_xact_id()::text
      where plan = $1 and step = $2 and state in ('done', 'undoing')`,
    id,
    step,
  );
}

/** In the transaction that takes a step back, or after what has none. @throws DiagnosticError SC5106 when that was done already */
export async function recordUndone(client: ClientBase, id: string, step: string): Promise<void> {
  await undoStep(
    client,
    `update schemactl.steps set state = 'undone', xid = pg_catalog.pg_current_xact_id()::text, undone_at = pg_catalog.clock_timestamp()
      where plan = $1 and step = $2 and state in ('done', 'undoing')`,
    id,
    step,
  );
}

async function undoStep(client: ClientBase, sql: string, id: string, step: string): Promise<void> {
  const { rowCount } = await client.query(sql, [id, step]);
  if (rowCount === 1) return;
  throw failure('SC5106', `step ${step} of plan ${id} is not done, or was undone already`, 'run schemactl status');
}

function doneTwice(id: string, step: string): DiagnosticError {
  return failure('SC5106', `step ${step} of plan ${id} is done already`, 'run apply again: it goes on after that step');
}

function failure(code: string, summary: string, hint: string): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, hint }]);
}
