/** What operator classes and families share in YAML: their keys "number_ops using btree", and lists of members in SQL's words. Knows no kind. */
import type { JsonObject } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { membersOf, methodOf } from './operator-members.js';
import { quoteIdent } from './quote.js';
import { aroundWord } from './yaml-keys.js';
import { identifierOf } from './yaml-names.js';
import type { SqlText, YamlEntry, YamlIdentity, YamlMap, YamlPlace } from './yaml-slot.js';
import { described, sqlElement, TEXT } from './yaml-text.js';

const FORM = 'a name and an access method such as "number_ops using btree"';

export const MEMBERS: { readonly [key: string]: JsonObject } = {
  operators: described(
    'Operators by strategy number: "1 <", "3 = (integer, bigint)", "15 <-> for order by float_ops".',
    {
      type: 'array',
      items: { ...TEXT, pattern: '^\\s*[0-9]+\\s', title: 'a number and an operator such as "1 <"' },
      title: 'a list of numbers with operators',
    },
    ['1 <', '3 ='],
  ),
  functions: described(
    'Support functions by number: "1 compare(integer, integer)", "1 (integer, bigint) compare(integer, bigint)".',
    {
      type: 'array',
      items: { ...TEXT, pattern: '^\\s*[0-9]+\\s', title: 'a number and a function such as "1 compare(integer, integer)"' },
      title: 'a list of numbers with functions',
    },
    ['1 compare(integer, integer)'],
  ),
};

/** The name in the key is exact. */
export function identityOf(entry: YamlEntry, { schema, report }: Pick<YamlPlace, 'schema' | 'report'>): YamlIdentity {
  const [name = '', method = ''] = aroundWord(entry, 'using', FORM, report) ?? [];
  return { parts: [schema, unquoted(name)], signature: `(${quoteIdent(unquoted(method))})` };
}

const unquoted = (name: string): string => (name.startsWith('"') ? identifierOf(name) : name);

/** Quotes where a reader could not tell the name from the word behind it. */
export function keyOf(object: SchemaObject): string {
  const name = object.parts[1] ?? '';
  return `${/^[\w$]+$/.test(name) && name.toLowerCase() !== 'using' ? name : `"${name.replaceAll('"', '""')}"`} using ${methodOf(object)}`;
}

/** OPERATOR and FUNCTION items. */
export function memberItems(entry: YamlEntry, place: YamlPlace): readonly SqlText[] {
  const items = (key: string, word: string): readonly SqlText[] =>
    (entry.get(key)?.items() ?? []).map((item) => [`${word} `, sqlElement(item, place)]);
  return [...items('operators', 'OPERATOR'), ...items('functions', 'FUNCTION')];
}

export function memberKeys(object: SchemaObject): YamlMap {
  const items = (word: string): readonly string[] | undefined => {
    const found = membersOf(object).flatMap(({ item }) => (item.startsWith(`${word} `) ? [item.slice(word.length + 1)] : []));
    return found.length === 0 ? undefined : found;
  };
  return { operators: items('OPERATOR'), functions: items('FUNCTION') };
}
