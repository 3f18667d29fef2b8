/** Where things are kept that may be deleted at any time; knows nothing of what they are. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** $SCHEMACTL_CACHE_DIR, else schemactl/ in $XDG_CACHE_HOME, else in ~/.cache. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env.SCHEMACTL_CACHE_DIR) return resolve(env.SCHEMACTL_CACHE_DIR);
  return join(env.XDG_CACHE_HOME ? resolve(env.XDG_CACHE_HOME) : join(homedir(), '.cache'), 'schemactl');
}
