/** A file's text with its lines, turning offsets into places; knows no language. */
import type { Position, Span } from '../core/diagnostic.js';

export interface SourceText {
  readonly path: string;
  readonly text: string;
  /** A place from an offset in UTF-16 units; lines and columns from 1, columns in characters. */
  position(offset: number): Position;
  span(from: number, to: number): Span;
}

export function sourceText(path: string, text: string): SourceText {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const position = (wanted: number): Position => {
    const offset = Math.max(0, Math.min(wanted, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: characters(text.slice(starts[low] ?? 0, offset)) + 1, offset };
  };
  return { path, text, position, span: (from, to) => ({ file: path, start: position(from), end: position(to) }) };
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Offset in UTF-16 units of the character with this number, as PostgreSQL's error positions count (from 0). */
export function offsetOfCharacter(text: string, character: number): number {
  let offset = 0;
  for (let left = character; left > 0 && offset < text.length; left -= 1) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

/** Offset in UTF-16 units of a UTF-8 byte offset, as libpg_query's locations count. */
export function offsetOfByte(text: string, byte: number): number {
  let offset = 0;
  for (let left = byte; left > 0 && offset < text.length; ) {
    const code = text.codePointAt(offset) ?? 0;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    offset += code > 0xffff ? 2 : 1;
  }
  return offset;
}
