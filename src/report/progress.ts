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

/** Turns events into lines; remembers the titles of the steps, which only the first event holds. */
export function applyLines(): (event: ApplyEvent) => string {
  const steps = new Map<string, string>();
  const name = (id: string): string => `step ${id} of ${steps.size} (${printable(steps.get(id) ?? '')})`;
  return (event) => {
    if (event.type === 'plan_started') for (const step of event.steps) steps.set(step.id, step.title);
    return line(event, name);
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
      return `${name(event.step)}: ${rowsWords(event.done, event.total)}`;
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

export function rowsWords(done: number, total: number | null): string {
  return total === null || total <= 0 ? `${thousands(done)} rows` : `${thousands(done)} of about ${thousands(total)} rows`;
}
