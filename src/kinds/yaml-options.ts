/** OPTIONS (…) of foreign data in YAML: a map from names to texts; knows no kind. */
import type { JsonObject } from '../core/json.js';
import { quoteIdent, quoteLiteral } from './quote.js';
import type { SqlText, YamlEntry } from './yaml-slot.js';
import { atValue, described, join } from './yaml-text.js';

export const FOREIGN_OPTIONS: JsonObject = described(
  'OPTIONS, as a map from names to values.',
  {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean'], title: 'text' },
    title: 'a map from names to values',
  },
  { host: 'db', port: '5432' },
);

/** " OPTIONS (host 'db')", or nothing. */
export function foreignOptionsClause(entry: YamlEntry | null): SqlText {
  const items = entry?.items() ?? [];
  if (items.length === 0) return [];
  const options = items.map((item) => [atValue(item, `${quoteIdent(item.name ?? '')} ${quoteLiteral(item.text())}`)]);
  return [' OPTIONS (', ...join(options, ', '), ')'];
}
