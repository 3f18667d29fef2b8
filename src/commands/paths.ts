/** How paths are shown. */
import { relative } from 'node:path';

/** Relative to where the user is, unless that is further away than the root. */
export function displayPath(file: string): string {
  // What is no file ("exec:…", "url:…") is called by its name.
  if (/^(exec|url|env|environment|snapshot|plan|git):/.test(file)) return file;
  const path = relative(process.cwd(), file);
  if (path === '') return '.';
  return path.startsWith('../../..') ? file : path;
}
