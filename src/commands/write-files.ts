/** Writes results to files the user named; knows no format. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DiagnosticError } from '../core/diagnostic.js';
import type { Variables } from '../core/variables.js';
import { rewriting } from '../desired/rewritten.js';
import { referencesIn } from '../desired/variables.js';

/** Folders on the way are made. */
export function writeResult(file: string, text: string): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new DiagnosticError([{ code: 'SC7022', severity: 'error', summary: `cannot write ${file}: ${(error as Error).message}` }]);
  }
}

/** Files under one folder: a path that leads out of it is refused, whatever a database calls its objects. */
export function writeTree(folder: string, files: readonly { readonly path: string; readonly text: string }[]): void {
  const root = resolve(folder);
  for (const { path } of files) {
    if (relative(root, resolve(root, path)).startsWith('..')) throw new Error(`a path leads out of the folder: ${path}`);
  }
  for (const { path, text } of files) writeResult(resolve(root, path), text);
}

export interface WrittenTree {
  readonly written: number;
  /** Files that say it already, whatever their form and their comments. */
  readonly kept: number;
}

/**
 * As writeTree, over files that may be there: those that say the same stay as they are. @throws DiagnosticError SC2511, SC2505, before anything is
 * written, where declared rows or comments would be lost and `overwrite` does not say that they may.
 */
export function updateTree(
  folder: string,
  files: readonly { readonly path: string; readonly text: string }[],
  overwrite: boolean,
): WrittenTree {
  const judged = files.map((file) => {
    const path = join(folder, file.path);
    return { ...file, path, name: file.path, how: existsSync(path) ? rewriting(path, readFileSync(path, 'utf8'), file.text) : 'write' };
  });
  const losingRows = judged.filter(({ how }) => how === 'loses rows');
  if (losingRows.length > 0) {
    const hint = 'give --rows for each of its tables with rows, or write what changed into it, in place, with schemactl pull';
    throw new DiagnosticError(
      losingRows.map(({ path }) => ({
        code: 'SC2511',
        severity: 'error',
        summary: `${path} declares rows, which export would write over`,
        detail: 'nothing was written',
        hint,
      })),
    );
  }
  const losing = overwrite ? [] : judged.filter(({ how }) => how === 'loses');
  if (losing.length > 0) {
    const hint = `write what changed into it, in place:  schemactl pull --desired ${folder}  (or --overwrite, if the comments may go)`;
    throw new DiagnosticError(
      losing.map(({ path }) => ({
        code: 'SC2505',
        severity: 'error',
        summary: `${path} holds comments, and says something else than the database`,
        detail: 'nothing was written',
        hint,
      })),
    );
  }
  const changed = judged.filter(({ how }) => how !== 'keep');
  writeTree(
    folder,
    changed.map(({ name, text }) => ({ path: name, text })),
  );
  return { written: changed.length, kept: judged.length - changed.length };
}

/** A database knows values only: written over files with variables, it would decide for all environments. */
export function refuseToLoseVariables(folder: string, files: readonly { readonly path: string }[], variables: Variables | null): void {
  const holding = files
    .map(({ path }) => join(folder, path))
    .filter(
      (path) => variables !== null && existsSync(path) && referencesIn(readFileSync(path, 'utf8')).some(({ name }) => variables.has(name)),
    );
  if (holding.length === 0) return;
  const hint = 'write changes into them with schemactl pull, or name another folder with --dir';
  throw new DiagnosticError(
    holding.map((path) => ({ code: 'SC2504', severity: 'error', summary: `${path} holds variables, which export would write over`, hint })),
  );
}

export function refuseExisting(file: string, hint: string): void {
  if (existsSync(file)) throw new DiagnosticError([{ code: 'SC7023', severity: 'error', summary: `${file} exists already`, hint }]);
}
