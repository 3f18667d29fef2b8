/** How paths are shown. */
import { relative } from 'node:path';

/** Relative to where the user is, unless that is further away than the root. */
export function displayPath(file: string): string {
  const path = relative(process.cwd(), file);
  if (path === '') return '.';
  return path.startsWith('../../..') ? file : path;
}
