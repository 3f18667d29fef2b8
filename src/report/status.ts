/** How things stand in a database, as people read it: one block per question, its word first. Pure; knows no kind. */
import type { PlanSession } from '../apply/plan-sessions.js';
import type { AppliedPlan, LiveState, OpenPlan, Status } from '../apply/status.js';
import { instantWords } from '../core/instant.js';
import { type Paint, PLAIN } from './colour.js';
import { printable } from './printable.js';
import { count, duration } from './words.js';

export interface StatusTextOptions {
  readonly paint?: Paint;
  /** "deploy@db.internal:5432/shop". */
  readonly target: string;
  /** " --env production": what to give the commands that are named. */
  readonly flags: string;
}

/** Of what moved, more than these are not listed. */
const MOST_MOVED = 10;

export function statusText(status: Status, options: StatusTextOptions): string {
  const paint = options.paint ?? PLAIN;
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    ['database', databaseLines(status, options)],
    ['ledger', [ledgerWords(status)]],
    ...(status.database.ledger === null ? [] : [['last plan', appliedLines(status.last_applied)] as const]),
    ...liveBlock(status.live, options, paint),
    ...status.open.map((plan) => ['open plan', openLines(plan, options, paint)] as const),
    ...(status.aborted.last === null ? [] : [['aborted', [abortedWords(status.aborted.count, status.aborted.last)]] as const]),
    ...leftoverBlock(status, paint),
    ['apply lock', lockLines(status, options, paint)],
  ];
  return blocks.map(([word, lines]) => block(word, lines, paint)).join('');
}

const INDENT = 12;

function block(word: string, lines: readonly string[], paint: Paint): string {
  const [first = '', ...rest] = lines;
  return [`${paint.bold(word)}${' '.repeat(INDENT - word.length)}${first}`, ...rest.map((line) => `${' '.repeat(INDENT)}${line}`)]
    .map((line) => `${line}\n`)
    .join('');
}

function databaseLines({ database }: Status, { target }: StatusTextOptions): readonly string[] {
  const standby = database.in_recovery ? ', a standby in recovery' : '';
  return [`${printable(database.name)}  PostgreSQL ${printable(database.server_version)}${standby}  ${printable(target)}`];
}

function ledgerWords({ database: { ledger } }: Status): string {
  if (ledger === null) return 'none: schemactl has never applied a plan here';
  return `${ledger.database}, format ${ledger.format}`;
}

function appliedLines(plan: AppliedPlan | null): readonly string[] {
  if (plan === null) return ['none was completed'];
  return [`${plan.id}  applied ${instantWords(plan.finished_at)}`, byWords(plan)];
}

function byWords({ by, tool, environment }: Pick<AppliedPlan, 'by' | 'tool' | 'environment'>): string {
  return `by ${printable(by)} with ${printable(tool)}, ${environment === null ? 'no environment' : `environment ${printable(environment)}`}`;
}

function liveBlock(live: LiveState, { flags }: StatusTextOptions, paint: Paint): readonly (readonly [string, readonly string[]])[] {
  switch (live.is) {
    case 'never-applied':
      return [];
    case 'as-applied':
      return [['drift', ['none: what it manages is as the last plan left it']]];
    case 'drift':
      return [['drift', [`${paint.yellow('yes')}: what it manages is not as the last plan left it`, `see it:  schemactl plan${flags}`]]];
    case 'unknown':
      return [['drift', [`not known: ${printable(live.reason)}`]]];
  }
}

function openLines(plan: OpenPlan, { flags }: StatusTextOptions, paint: Paint): readonly string[] {
  const { steps, next } = plan;
  const total = steps.total === null ? '' : ` of ${steps.total}`;
  const lines = [`${plan.id}  started ${instantWords(plan.since)}`, byWords(plan)];
  for (const { phase, started_at, finished_at } of plan.phases) {
    lines.push(
      `${phase} phase started ${instantWords(started_at)}, ${finished_at === null ? 'not finished' : `finished ${instantWords(finished_at)}`}`,
    );
  }
  if (plan.state === 'aborting') {
    lines.push(paint.yellow(`being taken back: ${count(steps.undone, 'step')} undone, ${steps.done} still to undo`));
  } else lines.push(`${steps.done}${total} steps done`);
  if (next !== null) {
    const doubt = !next.begun
      ? ''
      : plan.moved === null
        ? '; it was begun, and may be running or half done'
        : '; it was begun and left nothing';
    lines.push(`next: step ${next.id} (${next.phase}), ${printable(next.title)}${doubt}`);
  }
  for (const { address, role } of plan.in_transition) lines.push(`in transition: ${printable(address)} (${printable(role)})`);
  lines.push(...movedLines(plan, paint));
  if (plan.state === 'started') lines.push('go on:      schemactl apply with its plan file');
  lines.push(`${plan.state === 'started' ? 'take back:  ' : 'go on:      '}schemactl abort ${plan.id}${flags}`);
  return lines;
}

function movedLines({ moved, next }: OpenPlan, paint: Paint): readonly string[] {
  if (moved === null) return [`whether others changed what it touches cannot be told${next?.begun ? ' while that step is half done' : ''}`];
  if (moved.length === 0) return ['what it touches is as it left it'];
  const listed = moved.slice(0, MOST_MOVED).map((address) => printable(address));
  const more = moved.length > listed.length ? ` and ${moved.length - listed.length} more` : '';
  return [paint.yellow(`changed by others since: ${listed.join(', ')}${more}`)];
}

function abortedWords(n: number, last: { readonly id: string; readonly finished_at: string }): string {
  return n === 1
    ? `1 plan: ${last.id}, ${instantWords(last.finished_at)}`
    : `${n} plans, the last ${last.id}, ${instantWords(last.finished_at)}`;
}

function leftoverBlock({ leftovers }: Status, paint: Paint): readonly (readonly [string, readonly string[]])[] {
  const lines = [
    ...leftovers.indexes.map(({ name, on, is_copy, built_by }) => {
      if (built_by !== null) return `index ${printable(name)} on ${printable(on)} is being built by pid ${built_by}`;
      const what = is_copy ? 'a copy that REINDEX CONCURRENTLY left' : 'not valid: its build was stopped';
      return `index ${printable(name)} on ${printable(on)} is ${what}; when nobody builds it:  DROP INDEX CONCURRENTLY ${printable(name)}`;
    }),
    ...leftovers.detaches.map(({ partition, parent }) => {
      const finish = `ALTER TABLE ${printable(parent)} DETACH PARTITION ${printable(partition)} FINALIZE`;
      return `partition ${printable(partition)} is half detached from ${printable(parent)}; when nobody detaches it:  ${finish}`;
    }),
  ];
  return lines.length === 0 ? [] : [['left over', lines.map((line) => paint.yellow(line))]];
}

function lockLines({ sessions }: Status, { flags }: StatusTextOptions, paint: Paint): readonly string[] {
  const holders = sessions.filter(({ holds_lock }) => holds_lock);
  const lines = holders.length === 0 ? ['free'] : [];
  for (const holder of holders) {
    lines.push(paint.yellow(`held by ${sessionWords(holder)}`));
    if (holder.plan === null) lines.push('that is not a session of schemactl');
  }
  for (const session of sessions.filter(({ holds_lock }) => !holds_lock)) {
    lines.push(`${session.part === 'lock' ? 'waiting' : 'at work'}: ${sessionWords(session)}`, ...doingLines(session));
  }
  if (holders.length > 0) lines.push(`if its client is dead:  schemactl unlock${flags}`);
  return lines;
}

/** "pid 4121 (schemactl/…/lock, user deploy, from 10.0.0.7), since …, idle". */
export function sessionWords(session: PlanSession): string {
  const name = session.application === '' ? 'no name' : session.application;
  const from = session.client === null ? '' : `, from ${session.client}`;
  const who = printable(`${name}, user ${session.user}${from}`);
  const since = session.since === null ? '' : `, since ${instantWords(session.since)}`;
  const state = session.state === null ? '; this role may not see more' : `, ${session.state}`;
  const lasting = session.state === null || session.state_ms === null ? '' : ` for ${duration(session.state_ms)}`;
  return `pid ${session.pid} (${who})${since}${state}${lasting}`;
}

function doingLines({ state, progress, waits_for }: PlanSession): readonly string[] {
  const lines: string[] = [];
  if (progress !== null) {
    const percent = progress.percent === null ? '' : `, ${progress.percent} %`;
    lines.push(`  runs ${printable(progress.command)}: ${printable(progress.phase)}${percent}`);
  } else if (state === 'active') lines.push('  runs a statement');
  if (waits_for.length > 0) {
    const blockers = waits_for.map(({ pid, application }) => `pid ${pid}${application === '' ? '' : ` (${printable(application)})`}`);
    lines.push(`  waits for ${blockers.join(', ')}`);
  }
  return lines;
}
