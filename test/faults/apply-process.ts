/** Runs the built executable as a process of its own that a test can kill; knows nothing of what it does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Another build can be named, to look at one that is not in this checkout. */
const binary = (): string => process.env.SCHEMACTL_TEST_BINARY ?? fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

export interface Ended {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has written to standard error so far. */
  stderr(): string;
  /** SIGKILL, and until the process is gone. */
  kill(): Promise<void>;
}

/** Nothing of the tester's environment that names a database or a colour comes through. */
export function start(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const executable = binary();
  if (!existsSync(executable)) throw new Error(`${executable} is missing: run npm run build`);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PG|SCHEMACTL_(?!CACHE)|DATABASE_URL|NO_COLOR|FORCE_COLOR|GITHUB_ACTIONS)/.test(name),
  );
  const child = spawn(process.execPath, [executable, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    ended,
    stderr: () => stderr,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

export function schemactl(folder: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> {
  return start(folder, args, env).ended;
}
