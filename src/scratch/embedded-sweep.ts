/** Removes folders of embedded servers whose process is gone; needed only where the supervisor was killed too, or the machine went down. */
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs, type ServerUser } from './server-user.js';

/** A week: for what was left by a process whose number means nothing here. */
const FOREIGN_AGE_MS = 7 * 24 * 3600 * 1000;
const HOUR_MS = 3600 * 1000;

/** What a server's folder says of the process that it belongs to: its number and in which set of processes that is one. */
export async function serverRecord(): Promise<string> {
  return JSON.stringify({ pid: process.pid, space: await processSpace() });
}

/** Containers count their processes each from 1: which of these sets is ours, where the system tells. */
export async function processSpace(): Promise<string> {
  return readlink('/proc/self/ns/pid').catch(() => '');
}

/** A server that still runs in a folder that goes away notices it within a minute and stops (RecheckDataDirLockFile). */
export async function sweepServers(parent: string, user: ServerUser): Promise<void> {
  for (const name of await readdir(parent)) {
    const directory = join(parent, name);
    if (/^[0-9a-f]{8}$/.test(name) && (await isOrphan(directory))) await runAs(user, 'rm', ['-rf', '--', directory]);
  }
}

async function isOrphan(directory: string): Promise<boolean> {
  const age = await stat(directory).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  try {
    const record = JSON.parse(await readFile(join(directory, 'process'), 'utf8')) as { pid: number; space: string };
    if (record.space !== (await processSpace())) return age > FOREIGN_AGE_MS;
    return !isRunning(record.pid);
  } catch {
    // Being made right now, or its maker was killed before it wrote the record.
    return age > HOUR_MS;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
