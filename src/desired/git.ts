/** Which commit desired files come from; knows nothing of their content. */
import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Commit of the checkout that holds the files, or null outside one or when any of them differs from it. */
export async function commitOf(paths: readonly string[]): Promise<string | null> {
  const first = paths[0];
  if (first === undefined) return null;
  const folder = dirname(resolve(first));
  try {
    const files = paths.map((path) => resolve(path));
    const status = await run('git', ['-C', folder, 'status', '--porcelain', '--', ...files], { timeout: 5_000 });
    if (status.stdout.trim() !== '') return null;
    const tracked = await run('git', ['-C', folder, 'ls-files', '--error-unmatch', '--', ...files], { timeout: 5_000 });
    if (tracked.stdout.trim() === '') return null;
    return (await run('git', ['-C', folder, 'rev-parse', 'HEAD'], { timeout: 5_000 })).stdout.trim();
  } catch {
    // No git, no checkout, or files that it does not track: the plan then names no commit.
    return null;
  }
}
