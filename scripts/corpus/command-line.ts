/** Runs the built executable as a user does, in a process of its own; knows its exit codes only as numbers. */
import { spawn } from 'node:child_process';

export interface Ran {
  readonly args: readonly string[];
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Schemactl = (args: readonly string[], folder: string) => Promise<Ran>;

/** Nothing of the environment that names a database or a colour comes through. */
export function commandLine(executable: string): Schemactl {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PG|SCHEMACTL_(?!CACHE)|DATABASE_URL|NO_COLOR|FORCE_COLOR|GITHUB_ACTIONS)/.test(name),
  );
  return (args, folder) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [executable, ...args], {
        cwd: folder,
        env: Object.fromEntries(inherited),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ args, code, stdout, stderr }));
    });
}
