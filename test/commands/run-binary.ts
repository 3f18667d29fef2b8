/** Runs the built executable as a user does: own process, own folder, an environment of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const BINARY = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with files, removed when the test is over. */
export function project(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-commands-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, files);
  return folder;
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  /** SIGKILL, and until the process is gone. */
  kill(): Promise<void>;
}

/** Without a terminal. Nothing of the tester's environment that names a database or a colour comes through. */
export function start(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  if (!existsSync(BINARY)) throw new Error('dist/bin.js is missing: run npm run build');
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PG|SCHEMACTL_(?!CACHE)|DATABASE_URL|NO_COLOR|FORCE_COLOR|GITHUB_ACTIONS)/.test(name),
  );
  const child = spawn(process.execPath, [BINARY, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ended = new Promise<Ran>((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

export function schemactl(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return start(folder, args, env).ended;
}
