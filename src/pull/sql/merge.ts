/**
 * Carries a change of canonical SQL over to a text that a person wrote: only the tokens that must change do, everything else (case, white
 * space, comments, other words for the same) stays. Works on tokens; knows no grammar, so whoever uses it asks the server about the result.
 */
import { type Token, tokensFrom } from '../../kinds/tokens.js';

/** `before` -> `after` is the change; `own` says the same as `before` in other words. */
export function mergeSql(own: string, before: string, after: string): string {
  const [u, o, n] = [own, before, after].map((text) => [...tokensFrom(text)]) as [Token[], Token[], Token[]];
  const inOwn = pairs(o, u);
  const inAfter = pairs(o, n);
  const pieces: Piece[] = [];
  let at = { u: 0, o: 0, n: 0 };
  for (let index = 0; index <= o.length; index += 1) {
    const uAt = index === o.length ? u.length : inOwn.get(index);
    const nAt = index === o.length ? n.length : inAfter.get(index);
    if (uAt === undefined || nAt === undefined) continue;
    const chunk = { u: [at.u, uAt], o: [at.o, index], n: [at.n, nAt] } as const;
    if (!same(o.slice(...chunk.o), n.slice(...chunk.n))) {
      const spelt = at.o === index ? speltOut(u, chunk.u, n, chunk.n) : null;
      pieces.push(spelt ?? { own: chunk.u, after: chunk.n });
    }
    at = { u: uAt + 1, o: index + 1, n: nAt + 1 };
  }
  return pieces.reverse().reduce((text, piece) => replaced(text, u, piece, after, n), own);
}

/** What was left out as usual before, and the text spells out (INCREMENT BY 1): only its value changes. */
function speltOut(u: readonly Token[], own: Range, n: readonly Token[], after: Range): Piece | null {
  const words = n.slice(after[0], after[1] - 1);
  if (words.length === 0) return null;
  for (let index = own[0]; index + words.length < own[1]; index += 1) {
    const found = words.every((word, offset) => keyOf(word) === keyOf(u[index + offset] as Token));
    if (found) return { own: [index + words.length, index + words.length + 1], after: [after[1] - 1, after[1]] };
  }
  return null;
}

type Range = readonly [number, number];

/** Ranges of tokens: those of `own` become those of `after`. */
interface Piece {
  readonly own: Range;
  readonly after: Range;
}

function replaced(own: string, u: readonly Token[], piece: Piece, after: string, n: readonly Token[]): string {
  const [first, last] = [u[piece.own[0]], u[piece.own[1] - 1]];
  const previous = u[piece.own[0] - 1];
  const isRemoval = piece.after[0] === piece.after[1];
  const from = piece.own[0] === piece.own[1] || first === undefined ? (previous?.to ?? 0) : first.from;
  const to = piece.own[0] === piece.own[1] || last === undefined ? from : last.to;
  const comments = commentsIn(own.slice(from, to));
  if (isRemoval) {
    const start = previous !== undefined && own.slice(previous.to, from).trim() === '' ? previous.to : from;
    return own.slice(0, start) + (comments === '' ? '' : ` ${comments}`) + own.slice(to);
  }
  const [head, tail] = [n[piece.after[0]], n[piece.after[1] - 1]];
  let text = after.slice(head?.from ?? 0, tail?.to ?? 0);
  if (piece.after[1] - piece.after[0] === 1 && piece.own[1] - piece.own[0] === 1) text = inSameQuotes(first, head, text);
  if (from === to && previous !== undefined) {
    const gap = after.slice(n[piece.after[0] - 1]?.to ?? 0, head?.from ?? 0);
    text = (/^\s*$/.test(gap) ? gap : ' ') + text;
  }
  const next = u[piece.own[1]];
  if (next !== undefined && next.from === to && /\w$/.test(text) && /^["\w]/.test(next.text)) text += ' ';
  return own.slice(0, from) + text + (comments === '' ? '' : ` ${comments}`) + own.slice(to);
}

/** A body keeps the dollar quotes that it stood in. */
function inSameQuotes(own: Token | undefined, after: Token | undefined, text: string): string {
  if (own?.type !== 'string' || after?.type !== 'string') return text;
  const tag = /^\$\w*\$/.exec(own.text)?.[0];
  const content = contentOf(after.text);
  return tag === undefined || content.includes(tag) || !after.text.startsWith('$') ? text : `${tag}${content}${tag}`;
}

/** Comments among tokens that go: they stay, one line each. */
function commentsIn(text: string): string {
  const comments: string[] = [];
  let rest = text;
  for (const token of tokensFrom(text)) rest = rest.replace(text.slice(token.from, token.to), ' ');
  for (const [comment] of rest.matchAll(/--[^\r\n]*|\/\*[\s\S]*?\*\//g)) comments.push(comment.startsWith('--') ? `${comment}\n` : comment);
  return comments.join(' ');
}

/** A longest common subsequence: index in `a` -> index in `b`. */
function pairs(a: readonly Token[], b: readonly Token[]): ReadonlyMap<number, number> {
  const [x, y] = [a.map(keyOf), b.map(keyOf)];
  const width = y.length + 1;
  const length = new Uint32Array((x.length + 1) * width);
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let j = y.length - 1; j >= 0; j -= 1) {
      length[i * width + j] =
        x[i] === y[j]
          ? (length[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(length[(i + 1) * width + j] ?? 0, length[i * width + j + 1] ?? 0);
    }
  }
  const result = new Map<number, number>();
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    if (x[i] === y[j]) {
      result.set(i, j);
      i += 1;
      j += 1;
    } else if ((length[(i + 1) * width + j] ?? 0) >= (length[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return result;
}

function same(a: readonly Token[], b: readonly Token[]): boolean {
  return a.length === b.length && a.every((token, index) => keyOf(token) === keyOf(b[index] as Token));
}

/** How much two statements have in common: from 0 to 1. */
export function likeness(a: string, b: string): number {
  const [x, y] = [[...tokensFrom(a)], [...tokensFrom(b)]];
  return x.length + y.length === 0 ? 1 : (2 * pairs(x, y).size) / (x.length + y.length);
}

/** What a token says, whatever its case and quotes. */
function keyOf(token: Token): string {
  if (token.type === 'quoted' && /^"[a-z_][a-z0-9_$]*"$/.test(token.text)) return token.text.slice(1, -1);
  return token.type === 'string' ? `'${contentOf(token.text)}` : token.text;
}

function contentOf(text: string): string {
  const tag = /^\$\w*\$/.exec(text)?.[0];
  if (tag !== undefined) return text.slice(tag.length, -tag.length);
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
}
