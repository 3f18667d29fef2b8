/** One file's text and hash, or what is wrong with it; knows no language. */
import { readFile } from 'node:fs/promises';
import type { Diagnostic } from '../core/diagnostic.js';
import { sha256 } from '../core/hash.js';
import { sourceText } from './source-text.js';

export type TextResult = { readonly text: string; readonly sha256: string } | { readonly diagnostic: Diagnostic };

export type ReadText = (path: string) => Promise<TextResult>;

/** Reads one file, which must be text in UTF-8. */
export async function readText(path: string): Promise<TextResult> {
  try {
    return decodeText(path, await readFile(path));
  } catch (error) {
    return { diagnostic: unreadable(path, error) };
  }
}

/** Bytes that are called `path`, wherever they come from. */
export function decodeText(path: string, bytes: Uint8Array): TextResult {
  let text: string;
  try {
    // A byte-order mark at the start is dropped by the decoder.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const hint = `iconv -t utf-8 ${path} > NEW_FILE`;
    return {
      diagnostic: { code: 'SC1016', severity: 'error', summary: `file is not UTF-8: ${path}`, hint, span: firstBadByte(path, bytes) },
    };
  }
  const nul = text.indexOf('\0');
  return nul === -1 ? { text, sha256: sha256(bytes) } : { diagnostic: notText(path, text, nul) };
}

/** Where the text ends that is UTF-8. */
function firstBadByte(path: string, bytes: Uint8Array): NonNullable<Diagnostic['span']> {
  const isText = (length: number): boolean => {
    try {
      // What is cut off at the end is none: a stream may go on.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isText(middle)) good = middle;
    else bad = middle;
  }
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, good), { stream: true });
  return sourceText(path, `${text} `).span(text.length, text.length + 1);
}

/** PostgreSQL has no way to hold the character, in text or in names; files of UTF-16 are full of it. */
function notText(path: string, text: string, nul: number): Diagnostic {
  const summary = 'the file is not text: it holds the character NUL';
  const span = sourceText(path, text).span(nul, nul + 1);
  return { code: 'SC1016', severity: 'error', summary, hint: 'take it out, or convert the file to UTF-8', span };
}

export function unreadable(path: string, error: unknown): Diagnostic {
  const code = (error as NodeJS.ErrnoException).code;
  return {
    code: 'SC1015',
    severity: 'error',
    summary: code === 'ENOENT' ? `no such file or folder: ${path}` : `cannot read ${path}`,
    detail: error instanceof Error ? error.message : String(error),
    hint: 'correct the path',
    span: whole(path),
  };
}

/** The file as a place. */
export function whole(path: string): NonNullable<Diagnostic['span']> {
  const start = { line: 1, column: 1, offset: 0 };
  return { file: path, start, end: start };
}
