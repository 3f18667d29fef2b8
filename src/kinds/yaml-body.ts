/** Long texts in YAML, under a key of their own or in a file beside: queries and bodies. Knows no kind. */
import type { JsonObject } from '../core/json.js';
import { tokensFrom } from './tokens.js';
import type { PlacedSql, YamlEntry, YamlPlace } from './yaml-slot.js';
import { described, sqlWhole, TEXT } from './yaml-text.js';

/** The keys for such a text: "body" and "body_file". */
export function bodyKeys(key: string, what: string, example: string): { readonly [key: string]: JsonObject } {
  return {
    [key]: described(`${what}; or in a file: ${key}_file.`, { ...TEXT, title: 'SQL text' }, example),
    [`${key}_file`]: described(`File that holds the ${key}, by its way from the folder of this file.`, TEXT, `refund.${key}.sql`),
  };
}

/**
 * The text as it stands, whose places are those of the scalar or of the file; null when neither key is there or the file is not read.
 * `isForeign`: it is in another language than SQL, or hidden from it.
 */
export function bodyText(entry: YamlEntry, place: YamlPlace, key: string, isForeign = false): PlacedSql | null {
  const [own, file] = [entry.get(key), entry.get(`${key}_file`)];
  if (own !== null && file !== null) {
    const hint = 'give one of the two';
    place.report({ code: 'SC1043', summary: `${key} and ${key}_file are both given`, hint }, file.path, 'key');
    return null;
  }
  if (own !== null) return { sql: isForeign ? own.text() : own.sql(), path: own.path, part: 'value', verbatim: true };
  const text = (isForeign ? file?.fileText() : file?.fileSql()) ?? null;
  return file === null || text === null ? null : { sql: text, path: file.path, part: 'value', fromFile: true };
}

/** As bodyText, of a statement's own SQL: checked to be whole and one, without the semicolon that ends it in a file. */
export function queryText(entry: YamlEntry, place: YamlPlace, key: string): PlacedSql | null {
  const found = bodyText(entry, place, key);
  if (found === null) return null;
  const sql = withoutEnd(found.sql);
  sqlWhole(sql, entry.get(key) ?? entry.get(`${key}_file`) ?? entry, place);
  return { ...found, sql };
}

/** Without semicolons and comments at the end. */
function withoutEnd(text: string): string {
  let end = 0;
  for (const token of tokensFrom(text)) if (token.type !== 'punctuation' || token.text !== ';') end = Math.max(end, token.to);
  return text.slice(0, end);
}

/** Reports an entry that has the text under neither key. */
export function needsBody(entry: YamlEntry, place: YamlPlace, keys: readonly string[]): void {
  if (keys.some((key) => entry.has(key) || entry.has(`${key}_file`))) return;
  const names = keys.flatMap((key) => [key, `${key}_file`]);
  place.report(
    { code: 'SC1043', summary: `${entry.name ?? 'it'} has no ${keys[0] ?? ''}`, hint: `add one of the keys ${names.join(', ')}` },
    entry.path,
    'key',
  );
}
