/** What status, unlock and abort answer with --json. Knows no command's work. */
import type { JsonObject } from '../core/json.js';
import { type CommandResult, count, described, list, orNull, record, text } from './schema-terms.js';

const flag: JsonObject = { type: 'boolean' };
const phase: JsonObject = { type: 'string', enum: ['expand', 'contract'] };
const instant = described('ISO 8601, UTC.', text);

const session: JsonObject = {
  pid: { type: 'integer' },
  plan: described('The plan that it works for; null: not a session of schemactl.', orNull(text)),
  part: described('A plan has one session that holds the lock and one that works.', { enum: ['lock', 'work', null] }),
  mark: described('Tells the process that opened the session, to those on its machine.', orNull(text)),
  application: text,
  user: text,
  client: described('Address of the client; null: not shown to this role.', orNull(text)),
  holds_lock: flag,
  since: orNull(instant),
  state: orNull(text),
  state_ms: orNull(count),
  waits_for: list(record({ pid: { type: 'integer' }, application: text })),
  progress: described('Of a build of an index.', orNull(record({ command: text, phase: text, percent: orNull({ type: 'integer' }) }))),
};

const status: JsonObject = {
  database: record({
    name: text,
    server_version: text,
    in_recovery: flag,
    ledger: described('null: schemactl has never applied a plan here.', orNull(record({ format: count, database: text }))),
  }),
  last_applied: orNull(record({ id: text, finished_at: instant, by: text, tool: text, environment: orNull(text) })),
  open: list(
    record({
      id: text,
      state: { type: 'string', enum: ['started', 'aborting'] },
      since: instant,
      by: text,
      tool: text,
      environment: orNull(text),
      phases: list(record({ phase, started_at: instant, finished_at: orNull(instant) })),
      steps: record({ total: orNull(count), done: count, undone: count }),
      next: orNull(
        record({ id: text, title: text, phase, begun: described('It runs outside a transaction and may be running or half done.', flag) }),
      ),
      in_transition: list(record({ address: text, role: text })),
      moved: described('Of what the plan touches, what others changed; null: cannot be told.', orNull(list(text))),
    }),
  ),
  aborted: record({ count, last: orNull(record({ id: text, finished_at: instant })) }),
  live: record({ is: { type: 'string', enum: ['as-applied', 'drift', 'never-applied', 'unknown'] }, reason: text }, ['reason']),
  leftovers: record({
    indexes: list(record({ name: text, on: text, is_copy: flag, built_by: orNull({ type: 'integer' }) })),
    detaches: list(record({ partition: text, parent: text })),
  }),
  sessions: list(record(session)),
};

export const OPERATION_RESULTS: Readonly<Record<string, CommandResult>> = {
  abort: {
    statuses: ['aborted', 'already-aborted'],
    members: {
      plan_id: text,
      steps_undone: described('Steps that this run took back; after a failure too.', count),
      steps_kept: described('Steps that were left as they are, with --keep.', count),
    },
  },
  pause: { statuses: ['paused', 'already-paused'], members: { plan_id: text } },
  resume: { statuses: ['resumed', 'not-paused'], members: { plan_id: text } },
  status: { statuses: ['never-applied', 'as-applied', 'drift', 'unknown', 'open'], members: status },
  unlock: {
    statuses: ['free', 'ended', 'held'],
    members: {
      sessions: list(
        record({
          ...session,
          verdict: described('Whether its client is known to be dead.', { type: 'string', enum: ['dead', 'alive', 'unknown', 'not-ours'] }),
          reason: text,
          ended: flag,
        }),
      ),
    },
  },
};
