/** How things stand in a database: what was applied, what is open, what moved, who applies. Reads only, creates nothing; knows no kind. */
import type { ClientBase } from 'pg';
import { readCatalog } from '../catalog/read.js';
import { readServer } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import type { Address } from '../core/address.js';
import type { State } from '../core/object.js';
import type { Phase, PlanBody } from '../core/plan.js';
import { kindByName, kinds } from '../kinds/registry.js';
import { kindsWithRows } from '../kinds/with-rows.js';
import { openPlan as openPlanFile } from '../plan/file.js';
import { fingerprintOf, managedBy } from '../plan/managed.js';
import { validatePlan } from '../plan/validate.js';
import { type Along, goingAlong } from './going-along.js';
import {
  abortedPlans,
  type LedgerIdentity,
  type LedgerPlan,
  type LedgerStep,
  lastApplied,
  openPlans,
  phaseRows,
  readLedger,
  stepRows,
  transitionRows,
} from './ledger.js';
import { type Leftovers, readLeftovers } from './leftovers.js';
import { type PlanSession, planSessions } from './plan-sessions.js';
import { movedSince, rootsOnly } from './position.js';

export interface Status {
  readonly database: {
    readonly name: string;
    readonly server_version: string;
    readonly in_recovery: boolean;
    /** null: schemactl has never applied a plan here. */
    readonly ledger: LedgerIdentity | null;
  };
  readonly last_applied: AppliedPlan | null;
  /** Oldest first. */
  readonly open: readonly OpenPlan[];
  readonly aborted: { readonly count: number; readonly last: { readonly id: string; readonly finished_at: string } | null };
  readonly live: LiveState;
  readonly leftovers: Leftovers;
  /** Who applies: holders of the lock first. */
  readonly sessions: readonly PlanSession[];
}

/** Whether the managed objects are as the last applied plan left them; why that cannot be said. */
export type LiveState = { readonly is: 'as-applied' | 'drift' | 'never-applied' } | { readonly is: 'unknown'; readonly reason: string };

export interface AppliedPlan {
  readonly id: string;
  readonly finished_at: string;
  readonly by: string;
  readonly tool: string;
  readonly environment: string | null;
}

export interface OpenPlan {
  readonly id: string;
  /** 'aborting': it is being taken back. */
  readonly state: 'started' | 'aborting';
  readonly since: string;
  readonly by: string;
  readonly tool: string;
  readonly environment: string | null;
  readonly phases: readonly { readonly phase: Phase; readonly started_at: string; readonly finished_at: string | null }[];
  readonly steps: { readonly total: number | null; readonly done: number; readonly undone: number };
  /** What comes next; `begun`: it runs outside a transaction, and a run of it was stopped or goes on. */
  readonly next: { readonly id: string; readonly title: string; readonly phase: Phase; readonly begun: boolean } | null;
  readonly in_transition: readonly { readonly address: Address; readonly role: string }[];
  /** Of what the plan touches, what is not as it left it; null where that cannot be said (a step is half done). */
  readonly moved: readonly Address[] | null;
}

/** @throws DiagnosticError SC5102 when the role may not read the ledger */
export async function readStatus(client: ClientBase): Promise<Status> {
  await client.query('set default_transaction_read_only = on');
  await pinSession(client);
  const facts = await readServer(client);
  const ledger = await readLedger(client);
  const last = ledger === null ? null : await lastApplied(client);
  const open = ledger === null ? [] : await openPlans(client);
  const stateFor = reader(client, facts.major);
  const opened: OpenPlan[] = [];
  for (const row of open) opened.push(await openOf(client, row, stateFor));
  return {
    database: { name: facts.database, server_version: facts.version, in_recovery: facts.in_recovery, ledger },
    last_applied: last === null ? null : appliedOf(last),
    open: opened,
    aborted: ledger === null ? { count: 0, last: null } : await abortedPlans(client),
    live: await liveState(last, open.length, stateFor),
    leftovers: await readLeftovers(client),
    sessions: await planSessions(client),
  };
}

type StateFor = (body: PlanBody) => Promise<State>;

/** The catalog is read once for all plans that look at the same rows. */
function reader(client: ClientBase, major: number): StateFor {
  const states = new Map<string, Promise<State>>();
  return ({ rows = [] }) => {
    const about = JSON.stringify(rows);
    const state = states.get(about) ?? readCatalog(client, { major, kinds: kindsWithRows(kinds, rows) });
    states.set(about, state);
    return state;
  };
}

function appliedOf(row: LedgerPlan): AppliedPlan {
  const { id, finished_at, applied_by: by, tool, environment } = row;
  return { id, finished_at: finished_at ?? '', by, tool, environment };
}

async function liveState(last: LedgerPlan | null, open: number, stateFor: StateFor): Promise<LiveState> {
  if (open > 0) return { is: 'unknown', reason: 'a plan is open' };
  if (last === null) return { is: 'never-applied' };
  const body = bodyOf(last);
  if (body === null) return { is: 'unknown', reason: `this version cannot read the plan ${last.id} in the ledger` };
  const live = fingerprintOf(managedBy(body, await stateFor(body), kindByName));
  return { is: live === last.after_fingerprint ? 'as-applied' : 'drift' };
}

async function openOf(client: ClientBase, row: LedgerPlan, stateFor: StateFor): Promise<OpenPlan> {
  const steps = await stepRows(client, row.id);
  const body = bodyOf(row);
  const inState = (...states: readonly LedgerStep['state'][]) => steps.filter((step) => states.includes(step.state));
  const [done, half] = [inState('done').length, inState('intent', 'undoing')];
  const next = row.state === 'aborting' ? null : (body?.steps[done] ?? null);
  const moved = body === null ? null : movedAddresses(body, done, await stateFor(body), goingAlong(body, steps));
  return {
    id: row.id,
    state: row.state === 'aborting' ? 'aborting' : 'started',
    since: row.started_at,
    by: row.applied_by,
    tool: row.tool,
    environment: row.environment,
    phases: await phaseRows(client, row.id),
    steps: { total: body?.steps.length ?? null, done, undone: inState('undone').length },
    next: next === null ? null : { id: next.id, title: next.title, phase: next.phase, begun: half.some(({ step }) => step === next.id) },
    in_transition: await transitionRows(client, row.id),
    moved: half.length > 0 && moved?.length !== 0 ? null : moved,
  };
}

function movedAddresses(body: PlanBody, done: number, state: State, along: Along): readonly Address[] {
  return rootsOnly(movedSince(body, done, state, along)).flatMap(({ address }) => (address === undefined ? [] : [address]));
}

/** null: another version wrote it. */
function bodyOf(row: LedgerPlan): PlanBody | null {
  const opened = openPlanFile(Buffer.from(row.document), row.id);
  if (!opened.ok) return null;
  const validated = validatePlan(opened.document);
  return validated.ok ? validated.document.plan : null;
}
