/** Takes a partition's bound apart as pg_get_expr() prints it; knows nothing of what it is a bound of. */
import { splitOutside } from './split-text.js';

export type PartitionBound =
  /** Literals as SQL, or the bare words MINVALUE and MAXVALUE: a string of that text has quotes. */
  | { readonly type: 'range'; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly type: 'list'; readonly values: readonly string[]; readonly takesNull: boolean }
  | { readonly type: 'hash'; readonly modulus: string; readonly remainder: string }
  | { readonly type: 'default' };

const HASH = /^WITH \(modulus (\d+), remainder (\d+)\)$/;

/** Null: it is printed in a form that is not known. */
export function readBound(text: string): PartitionBound | null {
  if (text === 'DEFAULT') return { type: 'default' };
  if (!text.startsWith('FOR VALUES ')) return null;
  const rest = text.slice('FOR VALUES '.length);
  const hash = HASH.exec(rest);
  if (hash !== null) return { type: 'hash', modulus: hash[1] ?? '', remainder: hash[2] ?? '' };
  const [word, first, to, second, ...more] = splitOutside(rest, ' ');
  if (word === 'IN' && to === undefined) {
    const values = inBrackets(first);
    return { type: 'list', values: values.filter((value) => value !== 'NULL'), takesNull: values.includes('NULL') };
  }
  if (word !== 'FROM' || to !== 'TO' || more.length > 0) return null;
  return { type: 'range', from: inBrackets(first), to: inBrackets(second) };
}

function inBrackets(text = ''): readonly string[] {
  return splitOutside(text.slice(1, -1), ',');
}
