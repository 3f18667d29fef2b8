/** What a text reads like when names in it change as they did in another wording of it; knows no kind and no server. */
import type { Json } from '../core/json.js';
import { tokensFrom } from '../kinds/tokens.js';

/**
 * `live` changed as `before` did on the way to `after`, word by word; null where that is not certain: the two differ in more than words,
 * or a word became another one in one place and not in the next.
 */
export function renamedAlong(before: Json, after: Json, live: Json): Json | null {
  const words = wordsChanged(before, after);
  return words === null ? null : replaced(live, words);
}

function wordsChanged(before: Json, after: Json): ReadonlyMap<string, string> | null {
  const from = wordsOf(before);
  const to = wordsOf(after);
  if (from.length !== to.length) return null;
  const words = new Map<string, string>();
  for (const [index, word] of from.entries()) {
    const next = to[index] as string;
    if ((words.get(word) ?? next) !== next) return null;
    words.set(word, next);
  }
  return words;
}

function wordsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [...tokensFrom(value)].map(({ from, to }) => value.slice(from, to));
  if (Array.isArray(value)) return value.flatMap((item: Json) => wordsOf(item));
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap((item) => wordsOf(item as Json));
  return [];
}

function replaced(value: Json, words: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') {
    let result = '';
    let at = 0;
    for (const { from, to } of tokensFrom(value)) {
      const word = value.slice(from, to);
      result += value.slice(at, from) + (words.get(word) ?? word);
      at = to;
    }
    return result + value.slice(at);
  }
  if (Array.isArray(value)) return value.map((item: Json) => replaced(item, words));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item as Json, words)]));
  return value;
}
