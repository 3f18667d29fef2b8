/** Keys of YAML entries that say more than a name, in SQL: "integer as app.money", "=== (integer, integer)"; knows no kind. */
import { nextToken, type Token } from './tokens.js';
import type { YamlEntry, YamlPlace } from './yaml-slot.js';

type Report = YamlPlace['report'];

/** Tokens of SQL text outside parentheses and brackets; null when they do not match, or something is never closed. */
function outerTokens(sql: string): readonly Token[] | null {
  // What is never closed reaches to the end of the text, whatever stands there.
  const padded = `${sql}\n `;
  const found: Token[] = [];
  let depth = 0;
  for (let token = nextToken(padded, 0); token !== null; token = nextToken(padded, token.to)) {
    const isEnd = token.text === ')' || token.text === ']';
    if (isEnd) depth -= 1;
    if (depth < 0 || token.to === padded.length || token.type === 'other' || token.type === 'comment' || token.text === ';') return null;
    if (depth === 0 && !isEnd) found.push(token);
    if (token.text === '(' || token.text === '[') depth += 1;
  }
  return depth === 0 ? found : null;
}

/** What stands before and behind the one `word` outside parentheses; reported and null when the key is not of that form. */
export function aroundWord(entry: YamlEntry, word: string, form: string, report: Report): readonly [string, string] | null {
  const key = entry.name ?? '';
  const places = (outerTokens(key) ?? []).filter((token) => token.type === 'word' && token.text === word);
  const [at] = places;
  const [before, behind] = at === undefined ? ['', ''] : [key.slice(0, at.from).trim(), key.slice(at.to).trim()];
  if (places.length === 1 && before !== '' && behind !== '') return [before, behind];
  badKey(entry, form, report);
  return null;
}

/** Items between commas outside parentheses; null where the text is not whole. */
export function listed(sql: string): readonly string[] | null {
  const commas = outerTokens(sql)?.filter(({ text }) => text === ',');
  if (commas === undefined) return null;
  const ends = [...commas.map(({ from }) => from), sql.length];
  return ends.map((end, index) => sql.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end).trim());
}

export function badKey(entry: YamlEntry, form: string, report: Report): void {
  report({ code: 'SC1043', summary: `${JSON.stringify(entry.name)} is not ${form}`, hint: `write the key as ${form}` }, entry.path, 'key');
}
