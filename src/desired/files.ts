/** Files and folders -> the desired files there, with their text; knows which endings count and no language. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.js';
import type { FoundFile, FoundFiles } from './found-files.js';
import { readText, unreadable, whole } from './read-text.js';

const SQL = new Set(['.sql']);
const YAML = new Set(['.yaml', '.yml']);

export function isYaml(path: string): boolean {
  return YAML.has(extname(path).toLowerCase());
}

export function isDesiredFile(path: string): boolean {
  return SQL.has(extname(path).toLowerCase()) || isYaml(path);
}

/** A file, or every file of a folder by name, through and through. */
export async function readPath(path: string): Promise<FoundFiles> {
  const diagnostics: Diagnostic[] = [];
  const files: FoundFile[] = [];
  for (const found of await findFiles(path, diagnostics)) {
    const read = await readText(found);
    if ('diagnostic' in read) diagnostics.push(read.diagnostic);
    else files.push({ path: found, ...read });
  }
  return { files, diagnostics };
}

async function findFiles(path: string, diagnostics: Diagnostic[]): Promise<readonly string[]> {
  try {
    if ((await stat(path)).isDirectory()) return (await filesUnder(path, diagnostics)).filter(isDesiredFile);
    if (isDesiredFile(path)) return [path];
    diagnostics.push(notDesired(path));
  } catch (error) {
    diagnostics.push(unreadable(path, error));
  }
  return [];
}

/** @param above real paths of the folders on the way: a link to one of them leads in a circle. */
async function filesUnder(folder: string, diagnostics: Diagnostic[], above: readonly string[] = []): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const way = [...above, await realpath(folder)];
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    // A link may lead to a folder: what it leads to counts. One that leads nowhere is reported when it is read.
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
    if (entry.isSymbolicLink() && target.isDirectory() && way.includes(await realpath(path))) diagnostics.push(circle(path));
    else if (target.isDirectory()) found.push(...(await filesUnder(path, diagnostics, way)));
    else found.push(path);
  }
  return found;
}

function circle(path: string): Diagnostic {
  const summary = `the link leads back to a folder that it is in: ${path}`;
  return { code: 'SC1015', severity: 'error', summary, hint: 'remove the link', span: whole(path) };
}

export function notDesired(path: string): Diagnostic {
  return {
    code: 'SC1017',
    severity: 'error',
    summary: `not a desired-state file: ${path}`,
    hint: 'name it .sql, .yaml or .yml',
    span: whole(path),
  };
}
