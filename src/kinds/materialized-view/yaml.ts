/** Materialized views in YAML: the map `materialized_views`, and `columns` of one for what single ones have. */
import { isRecord, optionsOf, recordOf, recordsOf, textOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import { bodyKeys, needsBody, queryText } from '../yaml-body.js';
import { COLUMN_SETTINGS, columnSettings } from '../yaml-column-settings.js';
import { DEPENDS_ON_EXTENSIONS, extensionDependence, extensionDependenceKeys } from '../yaml-extension-dependence.js';
import { REPLICA_IDENTITY, replicaIdentity } from '../yaml-replica-identity.js';
import type { YamlEntry, YamlMap, YamlPlace, YamlSlot, YamlStatement } from '../yaml-slot.js';
import { atKey, described, nameOf, PARAMETERS, parameters, parameterValues, plainScalar, TEXT } from '../yaml-text.js';

function statements(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[] {
  needsBody(entry, place, ['query']);
  const query = queryText(entry, place, 'query');
  if (query === null) return [];
  const name = quoteName(place.parts);
  const [method, space, identity] = [entry.get('access_method'), entry.get('tablespace'), entry.get('replica_identity')];
  return [
    {
      sql: [
        'CREATE MATERIALIZED VIEW ',
        atKey(entry, name),
        ...(method === null ? [] : [' USING ', nameOf(method)]),
        ...parameters(entry.get('with')),
        ...(space === null ? [] : [' TABLESPACE ', nameOf(space)]),
        ' AS ',
        query,
      ],
    },
    ...(identity === null ? [] : [{ sql: [`ALTER MATERIALIZED VIEW ${name} REPLICA IDENTITY `, ...replicaIdentity(identity)], turn: 1 }]),
    ...extensionDependence(entry, `MATERIALIZED VIEW ${name}`),
  ];
}

/** The settings of one column as the catalog query gives them, as keys. */
function settingKeys(settings: unknown): YamlMap {
  if (!isRecord(settings as never)) return {};
  const { storage, compression, statistics, options } = settings as { readonly [name: string]: unknown };
  const given = typeof options === 'object' && options !== null ? Object.entries(options) : [];
  return {
    storage: typeof storage === 'string' ? storage.toLowerCase() : undefined,
    compression: typeof compression === 'string' ? compression : undefined,
    statistics: typeof statistics === 'number' ? statistics : undefined,
    options: given.length === 0 ? undefined : Object.fromEntries(given.map(([name, value]) => [name, plainScalar(String(value))])),
  };
}

function identityValue(identity: string | null): string | undefined {
  return identity === 'full' || identity === 'nothing' ? identity : undefined;
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'materialized_views',
    within: [''],
    carries: ['comment', 'owner', 'grants on tables', 'security_labels', 'indexes'],
    description: 'Materialized views: a query, or a map.',
    example: { totals: 'select customer_id, sum(total) as total from orders group by customer_id' },
    order: 7,
    form: 'map',
    properties: {
      ...bodyKeys('query', 'The query, as SQL', 'select customer_id, sum(total) as total from orders group by customer_id'),
      with: described('Storage parameters.', PARAMETERS, { fillfactor: 80 }),
      access_method: described('Table access method; default heap.', TEXT, 'heap'),
      tablespace: described('Tablespace.', TEXT, 'fast'),
      replica_identity: described('What identifies a row in logical replication.', REPLICA_IDENTITY),
      ...DEPENDS_ON_EXTENSIONS,
    },
    short: 'query',
    hints: ['renamed_from', 'deprecated'],
    statements,
    // Which index identifies a row is not read.
    keys: (object) =>
      textOf(object, 'replica_identity') === 'index'
        ? null
        : {
            query: (textOf(object, 'definition') ?? '').trim(),
            with: parameterValues(optionsOf(object)),
            access_method: textOf(object, 'access_method') ?? undefined,
            tablespace: textOf(object, 'tablespace') ?? undefined,
            replica_identity: identityValue(textOf(object, 'replica_identity')),
            ...extensionDependenceKeys(object),
          },
  },
  {
    section: 'columns',
    id: 'columns of materialized views',
    within: ['materialized_views'],
    carries: ['comment', 'grants on columns', 'security_labels'],
    description: 'What single columns have: storage, statistics, comments, grants.',
    example: { total: { statistics: 500 } },
    order: 20,
    form: 'map',
    properties: COLUMN_SETTINGS,
    statements: (entry, place) => {
      const alter = `ALTER MATERIALIZED VIEW ${quoteName(place.parts.slice(0, -1))} ALTER COLUMN ${quoteIdent(entry.name ?? '')} `;
      return columnSettings(entry).map((action) => ({ sql: [alter, ...action] }));
    },
    reference: (parts) => `COLUMN ${quoteName(parts)}`,
    partsOf: (view) => {
      const settings = recordOf(view, 'column_settings');
      return recordsOf(view, 'columns').map(({ name }) => ({ name: String(name), keys: settingKeys(settings[String(name)]) }));
    },
  },
];
