/** A PostgreSQL server that a test may crash, stop, start again and turn into a standby; its data stays over that. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheDirectory } from '../../src/scratch/cache-directory.js';
import { embeddedPackage, usableBinaries } from '../../src/scratch/embedded-binaries.js';
import { runAs, serverEnvironment, serverUser } from '../../src/scratch/server-user.js';
import { query, type TestServer } from '../support/database.js';

export interface OwnServer extends TestServer {
  start(): Promise<void>;
  /** 'immediate' is a crash in an orderly manner: sessions are ended at once, and the next start recovers. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** Whether it only follows another server, from the next start on. */
  follow(on: boolean): void;
  /** Stopped and removed. */
  remove(): Promise<void>;
}

const SETTINGS: Readonly<Record<string, string>> = { fsync: 'off', listen_addresses: '', lc_messages: 'C', log_min_messages: 'fatal' };

/** Started already. */
export async function openServer(settings: Readonly<Record<string, string>> = {}, major = 15): Promise<OwnServer> {
  const user = await serverUser();
  const native = await usableBinaries(embeddedPackage(major), user, cacheDirectory());
  // A socket's path may not be longer than 107 bytes.
  const folder = mkdtempSync('/tmp/schemactl-own-');
  if (user.ids) chownSync(folder, user.ids.uid, user.ids.gid);
  const data = join(folder, 'data');
  await runAs(user, join(native, 'bin/initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '-E', 'UTF8']);
  const url = `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(folder)}`;
  let running: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    running = spawn(join(native, 'bin/postgres'), ['-D', data, '-k', folder, ...options], {
      cwd: '/',
      env: serverEnvironment(),
      stdio: 'ignore',
      ...user.ids,
    });
    for (let attempt = 0; ; attempt += 1) {
      const answered = await query(url, 'select 1').then(
        () => true,
        () => false,
      );
      if (answered) return;
      if (attempt === 300 || running.exitCode !== null) throw new Error('the server did not start');
      await sleep(100);
    }
  };
  const stop = async (mode: 'fast' | 'immediate'): Promise<void> => {
    const process = running;
    running = null;
    if (process === null || process.exitCode !== null) return;
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  };
  await start();
  return {
    url,
    major,
    start,
    stop,
    follow(on) {
      if (on) writeFileSync(join(data, 'standby.signal'), '');
      else rmSync(join(data, 'standby.signal'));
    },
    async remove() {
      await stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
