/** Where in a file each character of a scalar's text stands, through quotes, escapes, folds and indentation; knows no path and no meaning. */
import type { Scalar } from 'yaml';

const SPACE = /\s/;

/** One offset of the file for each character of the scalar's text. `written`: the text that the file has, where the node has another. */
export function sourceOffsets(text: string, node: Scalar.Parsed, written: string | null = null): readonly number[] {
  const [start, end] = [node.range[0], node.range[1]];
  const value = written ?? (typeof node.value === 'string' ? node.value : text.slice(start, end));
  const isDouble = node.type === 'QUOTE_DOUBLE';
  const isSingle = node.type === 'QUOTE_SINGLE';
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  let at = isBlock ? text.indexOf('\n', start) + 1 : isDouble || isSingle ? start + 1 : start;
  const offsets: number[] = [];
  for (const character of Array.from({ length: value.length }, (_, index) => value[index] ?? '')) {
    // Folding and indentation only change white space, so everything else is found in its order.
    if (SPACE.test(character)) {
      const escaped = isDouble ? escapeAt(text, at) : 0;
      offsets.push(at);
      if (escaped > 0) at += escaped;
      else if (text[at] === character) at += 1;
      continue;
    }
    at = skipSpace(text, at, end, isDouble);
    offsets.push(at);
    at += isDouble ? Math.max(escapeAt(text, at), 1) : isSingle && character === "'" ? 2 : 1;
  }
  return offsets;
}

function skipSpace(text: string, from: number, end: number, isDouble: boolean): number {
  let at = from;
  for (;;) {
    if (at < end && SPACE.test(text[at] ?? '')) at += 1;
    else if (isDouble && text[at] === '\\' && (text[at + 1] === '\n' || text[at + 1] === '\r')) at += 2;
    else return at;
  }
}

const LENGTHS: { readonly [letter: string]: number } = { x: 4, u: 6, U: 10 };

/** Length of the escape sequence there; 0 when there is none. */
function escapeAt(text: string, at: number): number {
  return text[at] === '\\' ? (LENGTHS[text[at + 1] ?? ''] ?? 2) : 0;
}
