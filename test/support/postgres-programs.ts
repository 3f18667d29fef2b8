/** PostgreSQL's own client programs, as independent judges of what schemactl says; a test that needs one fails where it is missing. */
import { spawn } from 'node:child_process';

/** Runs a script that stops at the first error; gives its unaligned output. */
export function psql(url: string, script: string): Promise<string> {
  return run('psql', ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', '-'], script);
}

/** The schema as pg_dump writes it, without the random key of its \restrict lines, so that two dumps can be compared. */
export async function pgDump(url: string, options: readonly string[] = ['--schema-only']): Promise<string> {
  const text = await run('pg_dump', [...options, '-d', url], '');
  return text.replace(/^\\(un)?restrict \w+$/gm, '\\$1restrict');
}

/** Roles, memberships and settings of a server as pg_dumpall writes them; valid until infinity is as if nothing were said. */
export async function pgGlobals(url: string): Promise<string> {
  const text = await run('pg_dumpall', ['--globals-only', '--no-role-passwords', '-d', url], '');
  return text.replace(/^--.*$|^\\(un)?restrict \w+$| VALID UNTIL 'infinity'/gm, '');
}

function run(program: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', env: { ...process.env, LC_ALL: 'C', PGOPTIONS: '--client-min-messages=warning' } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      reject(missing ? new Error(`${program} is not on the PATH: install the PostgreSQL client programs, version 15 or newer`) : error);
    });
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${program} ended with ${code}: ${err.trim()}`))));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
