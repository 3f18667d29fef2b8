/** Subscriptions in YAML: the map `subscriptions`. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import { quoteLiteral, quoteName } from '../quote.js';
import type { SqlText, YamlEntry, YamlMap, YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, join, NAMES, nameOf, TEXT } from '../yaml-text.js';

/** What PostgreSQL takes where nothing is said; not the same on all versions where null. */
const OPTIONS: { readonly [key: string]: { readonly usual: string | boolean | null; readonly schema: JsonObject } } = {
  synchronous_commit: {
    usual: 'off',
    schema: described('synchronous_commit of its workers; default off.', {
      type: 'string',
      enum: ['off', 'local', 'remote_write', 'remote_apply', 'on'],
    }),
  },
  binary: { usual: false, schema: described('Rows are sent in binary form.', FLAG) },
  streaming: {
    usual: null,
    schema: described('Whether open transactions are streamed; default off, from PostgreSQL 18 on parallel.', {
      type: 'string',
      enum: ['off', 'on', 'parallel'],
    }),
  },
  two_phase: { usual: false, schema: described('Prepared transactions are sent when they are prepared (PostgreSQL 15 and later).', FLAG) },
  disable_on_error: { usual: false, schema: described('An error disables it (PostgreSQL 15 and later).', FLAG) },
  password_required: {
    usual: true,
    schema: described('Its owner must give a password unless a superuser; default true (PostgreSQL 16 and later).', FLAG, false),
  },
  run_as_owner: { usual: false, schema: described('Rows are applied as its owner (PostgreSQL 16 and later).', FLAG) },
  origin: {
    usual: 'any',
    schema: described('Rows of which origin are sent; default any (PostgreSQL 16 and later).', { type: 'string', enum: ['any', 'none'] }),
  },
  failover: { usual: false, schema: described('Its slot is kept on standbys too (PostgreSQL 17 and later).', FLAG) },
};

const NO_SLOT = 'none';

function options(entry: YamlEntry): readonly SqlText[] {
  const slot = entry.get('slot');
  const enabled = entry.get('enabled');
  const isEnabled = enabled === null ? slot?.text() !== NO_SLOT : entry.flag('enabled');
  return [
    // What is to be done at the publisher is no part of a desired state.
    ['connect = false'],
    [enabled === null ? `enabled = ${isEnabled}` : atValue(enabled, `enabled = ${isEnabled}`)],
    ...(slot === null ? [] : [['slot_name = ', atValue(slot, slot.text() === NO_SLOT ? 'NONE' : quoteLiteral(slot.text()))]]),
    ...Object.keys(OPTIONS).flatMap((key) => {
      const member = entry.get(key);
      return member === null ? [] : [[`${key} = `, atValue(member, quoteLiteral(member.text()))]];
    }),
  ];
}

function optionKeys(object: SchemaObject): YamlMap {
  const entries = Object.entries(OPTIONS).map(([key, { usual }]) => {
    const value = object.attributes[key];
    const isSaid = (typeof value === 'string' || typeof value === 'boolean') && value !== usual;
    return [key, isSaid ? value : undefined] as const;
  });
  return Object.fromEntries(entries);
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'subscriptions',
    within: [''],
    carries: ['comment', 'owner', 'security_labels'],
    description: 'What this database gets by logical replication. No plan reaches the publisher.',
    example: { shop: { connection: 'host=db dbname=shop', publications: ['shop'] } },
    order: 46,
    form: 'map',
    schemaless: true,
    properties: {
      connection: described('How the publisher is reached, without a password: "host=db dbname=shop".', TEXT, 'host=db dbname=shop'),
      publications: described('Publications there.', NAMES, ['shop']),
      enabled: described('Default true.', FLAG, false),
      slot: described('Its replication slot there; default its own name; none: it has none.', TEXT, 'shop_slot'),
      ...Object.fromEntries(Object.entries(OPTIONS).map(([key, { schema }]) => [key, schema])),
    },
    required: ['connection', 'publications'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const [connection, publications] = [entry.get('connection'), entry.get('publications')];
      if (connection === null || publications === null) return [];
      const names = publications.items().map((item) => [nameOf(item)]);
      return [
        {
          sql: [
            'CREATE SUBSCRIPTION ',
            atKey(entry, quoteName(place.parts)),
            ' CONNECTION ',
            atValue(connection, quoteLiteral(connection.text())),
            ' PUBLICATION ',
            ...join(names, ', '),
            ' WITH (',
            ...join(options(entry), ', '),
            ')',
          ],
        },
      ];
    },
    keys: (object) => {
      const [connection, slot] = [textOf(object, 'connection'), textOf(object, 'slot')];
      // A role that may not read the connection cannot write one.
      if (connection === null) return null;
      const isEnabled = flagOf(object, 'enabled');
      return {
        connection,
        publications: textsOf(object, 'publications_as_written'),
        enabled: isEnabled === (slot !== null) ? undefined : isEnabled,
        slot: slot === null ? NO_SLOT : slot === object.parts[0] ? undefined : slot,
        ...optionKeys(object),
      };
    },
  },
];
