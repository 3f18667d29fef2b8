/** Changes files that are there already: all of them or none, and none that somebody else has changed meanwhile. Knows no format. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DiagnosticError } from '../core/diagnostic.js';

export interface Replacement {
  readonly path: string;
  /** As it was read, without a byte order mark; null: there was no such file. */
  readonly before: string | null;
  /** Null: the file goes. */
  readonly after: string | null;
}

const MARK = '\ufeff';
const SUFFIX = `.schemactl-${process.pid}`;

/** Every text is on the disk before the first file takes its place; when one cannot, those that had are put back. */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const originals = replacements.map(({ path, before }) => original(path, before));
  const done: number[] = [];
  try {
    for (const [index, { path, after }] of replacements.entries()) if (after !== null) prepare(path, after, originals[index] ?? null);
    for (const [index, { path, after }] of replacements.entries()) {
      done.push(index);
      if (after === null) rmSync(path, { force: true });
      else renameSync(`${path}${SUFFIX}`, path);
    }
  } catch (error) {
    for (const index of done) restore(replacements[index]?.path ?? '', originals[index] ?? null);
    const summary = `cannot write the files; they are as they were: ${(error as Error).message}`;
    throw new DiagnosticError([{ code: 'SC7022', severity: 'error', summary, hint: 'see that the folder and its files may be written' }]);
  } finally {
    // Where none could be made (below what is no folder) none is left.
    for (const { path } of replacements) if (existsSync(`${path}${SUFFIX}`)) rmSync(`${path}${SUFFIX}`, { force: true });
  }
}

/** @throws DiagnosticError when it is not what was read. */
function original(path: string, before: string | null): string | null {
  const now = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (now === before || now === `${MARK}${before}`) return now;
  throw new DiagnosticError([
    {
      code: 'SC2502',
      severity: 'error',
      summary: `${path} changed while it was being edited; nothing was written`,
      hint: 'run the command again',
    },
  ]);
}

function prepare(path: string, text: string, before: string | null): void {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  writeFileSync(`${path}${SUFFIX}`, before?.startsWith(MARK) ? MARK + text : text, { flush: true });
  if (before !== null) chmodSync(`${path}${SUFFIX}`, statSync(path).mode);
}

function restore(path: string, before: string | null): void {
  if (before === null) rmSync(path, { force: true });
  else writeFileSync(path, before);
}
