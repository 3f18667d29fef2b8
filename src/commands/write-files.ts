/** Writes results to files the user named; knows no format. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DiagnosticError } from '../core/diagnostic.js';
import type { Variables } from '../core/variables.js';
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
