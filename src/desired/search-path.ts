/** The value of search_path, and names written as SQL writes them; knows no file and no server. */

const PART = '(?:"(?:[^"]|"")+"|[A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)';
const NAME = new RegExp(`^\\s*${PART}(?:\\s*\\.\\s*${PART})*`);
const PARTS = new RegExp(PART, 'g');

/** 'app."Seq"' -> app, Seq; null when the text does not begin with a name. */
export function identifierParts(text: string): readonly string[] | null {
  const found = NAME.exec(text)?.[0];
  if (found === undefined) return null;
  return [...found.matchAll(PARTS)].map(([raw]) => (raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw.toLowerCase()));
}

/** The schemas of a search path, in order; "$user" is left out. */
export function searchPathOf(value: string): readonly string[] {
  const known = cache.get(value);
  if (known !== undefined) return known;
  const entries = value.match(/"(?:[^"]|"")*"|[^\s,"]+/g) ?? [];
  const schemas = entries.flatMap((entry) => (entry === '""' || entry === '"$user"' ? [] : (identifierParts(entry) ?? [])));
  if (cache.size < 1000) cache.set(value, schemas);
  return schemas;
}

/** Every declaration asks, and there are few different values. */
const cache = new Map<string, readonly string[]>();
