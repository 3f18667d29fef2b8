/** Settings of single columns in YAML: storage, compression, statistics, options; knows no kind. */
import type { JsonObject } from '../core/json.js';
import { quoteIdent, quoteLiteral } from './quote.js';
import type { SqlText, YamlEntry } from './yaml-slot.js';
import { atValue, described, join, PARAMETERS } from './yaml-text.js';

export const COLUMN_SETTINGS: { readonly [key: string]: JsonObject } = {
  storage: described('How long values are stored.', { type: 'string', enum: ['plain', 'external', 'extended', 'main'] }, 'external'),
  compression: described('How long values are compressed.', { type: 'string', enum: ['pglz', 'lz4'] }, 'lz4'),
  statistics: described('Statistics target: how much ANALYZE learns of it.', { type: 'integer', minimum: 0, maximum: 10000 }, 500),
  options: described('Attribute options: n_distinct, n_distinct_inherited.', PARAMETERS, { n_distinct: -0.5 }),
};

/** What follows ALTER COLUMN name, one action each. `options`: the key that holds the attribute options. */
export function columnSettings(entry: YamlEntry, options = 'options'): readonly SqlText[] {
  const actions: SqlText[] = [];
  const set = (key: string, clause: (member: YamlEntry) => SqlText): void => {
    const member = entry.get(key);
    if (member !== null) actions.push(['SET ', ...clause(member)]);
  };
  set('storage', (member) => ['STORAGE ', atValue(member, member.text().toUpperCase())]);
  set('compression', (member) => ['COMPRESSION ', atValue(member, member.text())]);
  set('statistics', (member) => ['STATISTICS ', atValue(member, member.text())]);
  set(options, (member) => [
    '(',
    ...join(
      member.items().map((item) => [atValue(item, `${quoteIdent(item.name ?? '')} = ${quoteLiteral(item.text())}`)]),
      ', ',
    ),
    ')',
  ]);
  return actions;
}
