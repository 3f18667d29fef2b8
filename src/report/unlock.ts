/** What unlock found and did, as people read it. Pure; knows no kind. */
import type { Judged, UnlockOutcome } from '../apply/unlock.js';
import { printable } from './printable.js';
import { sessionWords } from './status.js';
import { count } from './words.js';

/** One line for each session and what shows that its client is dead. */
export function unlockLines(sessions: readonly Judged[]): string {
  return sessions.map((session) => `${sessionWords(session)}\n  ${printable(session.reason)}\n`).join('');
}

export function unlockText({ status, sessions }: UnlockOutcome, target: string): string {
  const ended = sessions.filter((session) => session.ended);
  const list = unlockLines(ended);
  const where = printable(target);
  if (status === 'free') return `Nothing is held in ${where}.\n`;
  if (status === 'ended')
    return `${list}Ended ${count(ended.length, 'session')} in ${where}. Run the apply again: it goes on where it stopped.\n`;
  return ended.length === 0
    ? `Nothing was ended in ${where}.\n`
    : `${list}Ended ${count(ended.length, 'session')} in ${where}; others stay.\n`;
}
