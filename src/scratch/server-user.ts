/** Who embedded servers run as, and folders that belong to that user alone; knows nothing of PostgreSQL but that it refuses to run as root. */
import { execFile } from 'node:child_process';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `ids` is what a process is started with; absent when the server runs as ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
}

/** Ourselves; when we are root, the user "postgres" where there is one, else "nobody". */
export async function serverUser(): Promise<ServerUser> {
  const own = process.getuid?.() ?? -1;
  if (own !== 0) return { uid: own, ids: undefined };
  for (const name of ['postgres', 'nobody']) {
    const uid = await idOf('-u', name);
    const gid = await idOf('-g', name);
    if (uid !== null && gid !== null && uid !== 0) return { uid, ids: { uid, gid } };
  }
  throw new Error('PostgreSQL does not run as root, and neither the user "postgres" nor "nobody" exists');
}

async function idOf(option: string, name: string): Promise<number | null> {
  try {
    return Number((await run('id', [option, name])).stdout);
  } catch {
    return null;
  }
}

/** Runs a program as that user to its end. From "/", since the user may not be let into our working directory. */
export async function runAs(user: ServerUser, program: string, args: readonly string[]): Promise<void> {
  try {
    await run(program, [...args], { cwd: '/', env: serverEnvironment(), maxBuffer: 1 << 24, ...user.ids });
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new Error(`${program}: ${stderr?.trim() || message}`, { cause });
  }
}

/** Environment without PG*, LD_* and locale variables of ours, which would change what a server does. */
export function serverEnvironment(): Readonly<Record<string, string>> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', HOME: '/' };
}

/** Whether that user may enter the folder. */
export async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  return runAs(user, '/bin/sh', ['-c', 'test -d "$1" && test -x "$1"', 'sh', folder]).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the folder, or checks that the one that stands there is owned by `owner` and writable by nobody else: in a shared place such
 * as /tmp another local user may have put one of that name there first, and would hold the server's files.
 */
export async function ownFolder(path: string, owner: ServerUser, mode: number): Promise<string> {
  const folder = isAbsolute(path) ? path : resolve(path);
  await mkdir(dirname(folder), { recursive: true });
  try {
    await mkdir(folder, { mode });
    if (owner.ids) await chown(folder, owner.ids.uid, owner.ids.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  // Another process may stand between its mkdir and its chown: only as root, and for a moment.
  for (let attempt = 0; ; attempt += 1) {
    const found = await lstat(folder);
    if (found.isDirectory() && found.uid === owner.uid && (found.mode & 0o022) === 0) return folder;
    if (attempt === 20) throw new Error(`${folder} must be a folder that belongs to user id ${owner.uid} and that nobody else can write`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
