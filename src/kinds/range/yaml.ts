/** Range types in YAML: the map `ranges`. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import { defaultMultirange } from '../range-statement.js';
import { createShell, shellAddress } from '../type-shell.js';
import { COLLATION, collationName, collationText } from '../yaml-collation.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot } from '../yaml-slot.js';
import { atKey, described, join, localName, localType, sqlName, TEXT } from '../yaml-text.js';
import { hasShell } from './operations.js';

const PROPERTIES: { readonly [key: string]: JsonObject } = {
  subtype: described('Type of the bounds, as SQL writes it.', TEXT, 'float8'),
  subtype_opclass: described(
    'Operator class that orders the bounds, where it is not the default one of the type.',
    TEXT,
    'text_pattern_ops',
  ),
  collation: COLLATION,
  canonical: described('Function that brings a range into its canonical form.', TEXT, 'app.canonical_days'),
  subtype_diff: described('Function that gives the distance of two bounds.', TEXT, 'float8mi'),
  multirange_type_name: described('Name of the multirange type; default as PostgreSQL chooses it.', TEXT, 'floatmultirange'),
};

function create(entry: YamlEntry, place: YamlPlace): SqlText {
  const clauses = Object.keys(PROPERTIES).flatMap((key): readonly SqlText[] => {
    const member = entry.get(key);
    if (member === null) return [];
    return [[`${key} = `, key === 'collation' ? collationName(member, place) : sqlName(member, place)]];
  });
  return ['CREATE TYPE ', atKey(entry, quoteName(place.parts)), ' AS RANGE (', ...join(clauses, ', '), ')'];
}

function local(object: SchemaObject, name: string, schema: string): string | undefined {
  const text = textOf(object, name);
  return text === null ? undefined : localName(text, schema);
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'ranges',
    within: [''],
    carries: ['comment', 'owner', 'grants on types', 'security_labels'],
    description: 'Range types: the type of the bounds, or a map.',
    example: { prices: 'numeric' },
    order: 2.3,
    form: 'map',
    properties: PROPERTIES,
    required: ['subtype'],
    short: 'subtype',
    hints: ['renamed_from'],
    statements: (entry, place) => [
      // A canonical function needs a shell of the type.
      ...(entry.has('canonical') ? [{ sql: [atKey(entry, createShell({ parts: place.parts }))], implied: true, rank: 18 }] : []),
      { sql: create(entry, place) },
    ],
    says: (object, { state }) => {
      const shell = hasShell(object) ? state.get(shellAddress(object)) : undefined;
      return shell === undefined ? [] : [shell];
    },
    keys: (object, { schema }) => {
      const collate = textOf(object, 'collation');
      return {
        subtype: localType(textOf(object, 'subtype') ?? '', schema),
        subtype_opclass: local(object, 'opclass', schema),
        collation: collate === null ? undefined : collationText(collate, schema),
        canonical: local(object, 'canonical', schema),
        subtype_diff: local(object, 'subtype_diff', schema),
        multirange_type_name: textOf(object, 'multirange') === defaultMultirange(object) ? undefined : local(object, 'multirange', schema),
      };
    },
  },
];
