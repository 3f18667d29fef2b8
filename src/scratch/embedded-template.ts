/** Data directories made by initdb once and copied for each embedded server; starts no server. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assertRuns, type EmbeddedPackage } from './embedded-binaries.js';
import { ownFolder, runAs, type ServerUser } from './server-user.js';

/** Changes with what is done below, so that a template made otherwise is not used. */
const LAYOUT = 'v1';

/** Whoever can enter the socket's folder (its owner and root) is trusted; over TCP it takes the password of that one server. */
const ACCESS = 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n';

/** The template for this package, made now when there is none. */
export async function dataTemplate(found: EmbeddedPackage, native: string, user: ServerUser, cacheDir: string): Promise<string> {
  const folder = await ownFolder(join(cacheDir, `templates-${user.uid}`), user, 0o700);
  const name = `${found.version}-${LAYOUT}`;
  const template = join(folder, name);
  if (existsSync(template)) return template;
  await assertRuns(native, user);
  // Made under another name and moved when complete. Where another process was faster, "mv" would put ours inside of its folder.
  const making = join(folder, `making-${randomBytes(4).toString('hex')}`);
  try {
    await initdb(found.major, native, user, join(making, name));
    await runAs(user, '/bin/sh', ['-c', 'test -d "$2/$3" || mv "$1/$3" "$2" || test -d "$2/$3"', 'sh', making, folder, name]);
  } finally {
    await runAs(user, 'rm', ['-rf', '--', making, join(template, name)]);
  }
  return template;
}

/** Forgets a template that a server did not start from: it may be damaged, and is quickly made again. */
export async function dropTemplate(template: string, user: ServerUser): Promise<void> {
  await runAs(user, 'rm', ['-rf', '--', template]);
}

/** Synced to disk (0.1 s), because a template outlives a crash of the machine; the servers copied from it never sync. */
async function initdb(major: number, native: string, user: ServerUser, directory: string): Promise<void> {
  const locales = localeOptions(major);
  for (const [attempt, locale] of locales.entries()) {
    try {
      const options = ['-U', 'postgres', '-E', 'UTF8', '-A', 'trust', '--wal-segsize=4', ...locale];
      await runAs(user, join(native, 'bin/initdb'), ['-D', directory, ...options]);
      await runAs(user, '/bin/sh', ['-c', 'printf "%s" "$2" >"$1/pg_hba.conf"', 'sh', directory, ACCESS]);
      return;
    } catch (error) {
      if (attempt === locales.length - 1) throw error;
      await runAs(user, 'rm', ['-rf', '--', directory]);
    }
  }
}

/**
 * Locales to try, best first: the same on every machine, with the letters of Unicode. From 17 on PostgreSQL brings C.UTF-8 itself;
 * before, the operating system may not have it, and then it is plain C.
 */
function localeOptions(major: number): readonly (readonly string[])[] {
  if (major >= 17) return [['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']];
  return [['--locale=C.UTF-8'], ['--locale=C']];
}
