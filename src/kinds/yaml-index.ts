/** What indexes and the constraints that own one share in YAML: elements, INCLUDE, storage and whose turn it is; knows no kind. */
import type { JsonObject } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { quoteIdent } from './quote.js';
import { extensionDependence } from './yaml-extension-dependence.js';
import { identifiersOf } from './yaml-names.js';
import type { PlacedSql, SqlText, YamlEntry, YamlOwner, YamlPlace, YamlStatement } from './yaml-slot.js';
import { atValue, described, NAMES, nameList, nameOf, PARAMETERS, parameters, sqlElement, TEXT } from './yaml-text.js';

export const INDEX_KEYS: { readonly [key: string]: JsonObject } = {
  include: described('Columns that the index carries along (INCLUDE).', NAMES, ['total']),
  with: described('Storage parameters of the index.', PARAMETERS, { fillfactor: 90 }),
  tablespace: described('Tablespace of the index.', TEXT, 'fast'),
  clustered: described('CLUSTER follows this index.', { type: 'boolean' }),
  statistics: described(
    'Statistics targets by position of the element.',
    {
      type: 'object',
      additionalProperties: { type: 'integer', minimum: 0 },
      propertyNames: { pattern: '^[1-9][0-9]*$', title: 'the position of an element, from 1' },
      title: 'a map from positions to statistics targets',
    },
    { 1: 500 },
  ),
};

/** A column that the table lists, by its exact name; else an element in SQL. */
export function indexElement(item: YamlEntry, place: YamlPlace): PlacedSql {
  const text = item.text();
  return place.owner?.entry.get('columns')?.has(text) === true ? atValue(item, quoteIdent(text)) : sqlElement(item, place);
}

export function include(entry: YamlEntry): SqlText {
  const names = entry.get('include');
  return names === null ? [] : [' INCLUDE ', ...nameList(names)];
}

export function storage(entry: YamlEntry, tablespace: string): SqlText {
  const space = entry.get('tablespace');
  return [...parameters(entry.get('with')), ...(space === null ? [] : [` ${tablespace} `, nameOf(space)])];
}

/**
 * Partitions' own indexes are made before those of the partitioned table: that one then takes them over, where the other way round
 * PostgreSQL would make its own beside them.
 */
export function inTurn(owner: YamlOwner): Pick<YamlStatement, 'turn' | 'inOrderWith'> {
  const parent = owner.entry.get('partition_of')?.get('table') ?? null;
  const leads = owner.entry.has('partition_by');
  if (parent === null) return { turn: leads ? 2 : 0 };
  return { turn: leads ? 1 : 0, inOrderWith: [relationOf(parent.sql())] };
}

function relationOf(text: string): { readonly schema: string | null; readonly name: string } {
  const parts = identifiersOf(text);
  return { schema: parts.length > 1 ? (parts[0] ?? null) : null, name: parts.at(-1) ?? '' };
}

/** What CREATE INDEX and ADD CONSTRAINT cannot say; both need the name. */
export function finishing(entry: YamlEntry, place: YamlPlace, index: string | null): readonly YamlStatement[] {
  const targets = entry.get('statistics');
  if (index === null || place.owner === null) {
    for (const key of ['clustered', 'statistics', 'depends_on_extensions']) {
      const member = entry.get(key);
      if (member !== null)
        place.report({ code: 'SC1042', summary: `${key} needs a name to speak of`, hint: 'give it a name' }, member.path, 'key');
    }
    return [];
  }
  const [schema, table] = place.parts;
  return [
    ...(targets?.items() ?? []).map((target) => ({
      sql: [
        `ALTER INDEX ${quoteIdent(schema ?? '')}.${quoteIdent(index)} ALTER COLUMN ${target.name ?? ''} SET STATISTICS `,
        atValue(target, target.text()),
      ],
    })),
    ...(entry.flag('clustered')
      ? [{ sql: [`ALTER TABLE ${quoteIdent(schema ?? '')}.${quoteIdent(table ?? '')} CLUSTER ON ${quoteIdent(index)}`] }]
      : []),
    ...extensionDependence(entry, `INDEX ${quoteIdent(schema ?? '')}.${quoteIdent(index)}`),
  ];
}

/** A partition's index that its parent's brings along: attached, and the same in everything that may differ. */
export function followsParent(object: SchemaObject, children: readonly SchemaObject[], parent: SchemaObject | undefined): boolean {
  const attached = children.filter((child) => child.kind === 'index_attachment');
  if (attached.length === 0 || parent === undefined || children.length > attached.length) return false;
  const own = ['options', 'tablespace', 'statistics', 'clustered', 'deferrable', 'initially_deferred', 'nulls_not_distinct'];
  return own.every((name) => JSON.stringify(object.attributes[name] ?? null) === JSON.stringify(parent.attributes[name] ?? null));
}
