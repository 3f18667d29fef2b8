/** Collations in YAML, of columns, domains, fields and ranges: an exact name or SQL; knows no kind. */
import type { JsonObject } from '../core/json.js';
import { quoteIdent } from './quote.js';
import type { SqlPart, SqlText, YamlEntry, YamlPlace } from './yaml-slot.js';
import { atValue, described, localName, sqlName, TEXT } from './yaml-text.js';

export const COLLATION: JsonObject = described(
  'Collation, where it is not that of the type: C, de-x-icu; of another schema, as SQL: "app".german.',
  TEXT,
  'C',
);

const SIMPLE_COLLATION = /^[\w@.-]+$/;

/** A simple name is exact ("C", "en_US.utf8", "de-x-icu"); anything else is SQL. */
export function collationName(entry: YamlEntry, place: YamlPlace): SqlPart {
  const text = entry.text();
  return SIMPLE_COLLATION.test(text) ? atValue(entry, quoteIdent(text)) : sqlName(entry, place);
}

export function collation(entry: YamlEntry, place: YamlPlace): SqlText {
  return [' COLLATE ', collationName(entry, place)];
}

/** A qualified name as the catalog query prints it, as YAML has it. */
export function collationText(qualified: string, schema: string): string {
  const local = localName(qualified.replace(/^pg_catalog\./, ''), schema);
  const bare = /^"[^"]*"$/.test(local) ? local.slice(1, -1) : local;
  if (SIMPLE_COLLATION.test(bare) && !qualified.includes('".') && (local !== qualified || bare !== local)) return bare;
  // With quotes it is no simple name, whose dot would be part of it.
  return SIMPLE_COLLATION.test(qualified) ? qualified.replace(/^([^.]+)\./, '"$1".') : qualified;
}
