/**
 * The mark by which a session's name tells the process that opened it, and whether that process still runs. Knows nothing of sessions.
 * Process numbers mean something only to those who share them: the machine, its boot and the name space of its processes. Where those
 * cannot be told (no /proc), there is no mark, and nothing is ever taken for proven.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** "@", six characters for where, five for which: what PostgreSQL's 63 bytes leave beside a plan's id. */
export const MARK_PATTERN = '@[0-9a-z]{11}';
const MARK_AT_END = new RegExp(`${MARK_PATTERN}$`);
const PLACE_LENGTH = 6;
const PROCESS_LENGTH = 5;

export type Client = 'running' | 'gone' | 'elsewhere';

/** '' where processes cannot be told apart. */
export function clientMark(): string {
  const place = placeOfProcesses();
  return place === null ? '' : `@${place}${process.pid.toString(36).padStart(PROCESS_LENGTH, '0')}`;
}

/** A session's name for people, to whom the mark says nothing. */
export function withoutMark(application: string): string {
  return application.startsWith('schemactl/') ? application.replace(MARK_AT_END, '') : application;
}

/** null: the mark is of another machine, container or boot, where the number may mean any process. */
export function processOfMark(mark: string): number | null {
  const place = placeOfProcesses();
  if (place === null || mark.slice(1, 1 + PLACE_LENGTH) !== place) return null;
  return Number.parseInt(mark.slice(1 + PLACE_LENGTH), 36);
}

/** A number that was given to another process since counts as running: that is the safe side. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return !isZombie(pid);
}

/** Ended, its files and connections closed, and only its parent has not asked yet how. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z';
  } catch {
    return false;
  }
}

let known: string | null | undefined;

function placeOfProcesses(): string | null {
  known ??= readPlace();
  return known;
}

function readPlace(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    const space = readlinkSync('/proc/self/ns/pid');
    const digest = createHash('sha256').update(`${boot} ${space} ${hostname()}`).digest();
    return (digest.readBigUInt64BE() % 36n ** BigInt(PLACE_LENGTH)).toString(36).padStart(PLACE_LENGTH, '0');
  } catch {
    return null;
  }
}
