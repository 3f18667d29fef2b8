/** Which pg_dump is on the PATH: it refuses servers that are newer than itself. */
import { execFile } from 'node:child_process';

let known: Promise<number> | null = null;

/** Its major version. @throws Error when there is none */
export function dumpVersion(): Promise<number> {
  known ??= new Promise((resolve, reject) => {
    execFile('pg_dump', ['--version'], (error, stdout) => {
      const major = /(\d+)\./.exec(stdout)?.[1];
      if (error || major === undefined)
        reject(new Error('pg_dump is not on the PATH: install the PostgreSQL client programs, version 15 or newer'));
      else resolve(Number(major));
    });
  });
  return known;
}
