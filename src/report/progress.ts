/** What happens during planning and applying as plain lines with their time, for logs. Pure; knows no terminal. */
import type { ApplyEvent, Blocker } from '../apply/options.js';
import type { PlanningEvent } from '../plan/options.js';
import { printable } from './printable.js';
import { count, duration, thousands } from './words.js';

/** "12:04:31 text" in UTC. */
export function timed(at: Date, text: string): string {
  return `${at.toISOString().slice(11, 19)} ${text}`;
}

export function planningLine(event: PlanningEvent): string {
  return event.type === 'started' ? `${printable(event.task)} …` : `${printable(event.task)}: done in ${duration(event.ms)}`;
}

/**
 * Turns events into lines; remembers the titles of the steps, which only the first event holds. null: a wait that was told, for the same
 * sessions, and not so long ago that it has to be told again.
 */
export function applyLines(now: () => number): (event: ApplyEvent) => string | null {
  const steps = new Map<string, string>();
  const name = (id: string): string => `step ${id} of ${steps.size} (${printable(steps.get(id) ?? '')})`;
  const isNews = waitsOnceTold(now);
  return (event) => {
    if (event.type === 'plan_started') for (const step of event.steps) steps.set(step.id, step.title);
    return isNews(event) ? line(event, name) : null;
  };
}

const FIRST_SILENCE_MS = 2_000;
const LONGEST_SILENCE_MS = 60_000;

/** How often a log hears of a backfill that goes on. */
const ROWS_MS = 10_000;

/**
 * A wait is looked at twice a second, and may last for hours: each time that nothing else is new it is told after twice as long. Batches
 * of a backfill are done several times a second.
 */
function waitsOnceTold(now: () => number): (event: ApplyEvent) => boolean {
  let rows = Number.NEGATIVE_INFINITY;
  let told = '';
  let again = 0;
  let silence = FIRST_SILENCE_MS;
  return (event) => {
    if (event.type === 'rows_done') {
      if (now() < rows + ROWS_MS) return false;
      rows = now();
      return true;
    }
    const wait = event.type === 'lock_waiting' ? [event.step, event.attempt, ...event.blockers.map(({ pid }) => pid)].join(' ') : '';
    const isSame = wait !== '' && wait === told;
    if (isSame && now() < again) return false;
    silence = isSame ? Math.min(silence * 2, LONGEST_SILENCE_MS) : FIRST_SILENCE_MS;
    [told, again] = [wait, now() + silence];
    return true;
  };
}

function line(event: ApplyEvent, name: (id: string) => string): string {
  switch (event.type) {
    case 'plan_started':
      return `${event.undo ? 'taking back' : 'applying'} plan ${printable(event.plan)}: ${count(event.steps.length, 'step')}`;
    case 'step_started':
      return `${name(event.step)} started`;
    case 'step_skipped':
      return `${name(event.step)} skipped: ${printable(event.reason)}`;
    case 'step_finished':
      return `${name(event.step)} done in ${duration(event.ms)}`;
    case 'step_failed':
      return `${name(event.step)} failed after ${duration(event.ms)}: ${printable(event.reason)}`;
    case 'lock_waiting':
      return `${event.step === null ? 'another run' : name(event.step)}: ${waitingWords(event)}`;
    case 'rows_done':
      return `${name(event.step)}: ${rowsWords(event)}`;
    case 'note':
      return printable(event.text);
  }
}

export function waitingWords({
  attempt,
  attempts,
  blockers,
}: {
  readonly attempt: number;
  readonly attempts: number;
  readonly blockers: readonly Blocker[];
}): string {
  const who = blockers.map(
    ({ pid, application, state, ms }) =>
      `${pid === 0 ? '' : `pid ${pid} `}(${printable([application, state, duration(ms)].filter((word) => word !== '').join(', '))})`,
  );
  return `waiting for a lock, try ${attempt} of ${attempts}${who.length === 0 ? '' : `: blocked by ${who.join(', ')}`}`;
}

/** "120,000 of about 500,000 rows, 40,000 a second, about 10 s left". */
export function rowsWords({
  done,
  total,
  rows_per_s,
}: {
  readonly done: number;
  readonly total: number | null;
  readonly rows_per_s: number;
}): string {
  const rate = `${thousands(rows_per_s)} a second`;
  if (total === null || total < done) return `${thousands(done)} rows, ${rate}`;
  const left = rows_per_s > 0 ? `, about ${duration(((total - done) / rows_per_s) * 1000)} left` : '';
  return `${thousands(done)} of about ${thousands(total)} rows, ${rate}${left}`;
}
