/** Security labels in YAML: the map `security_labels` from label providers to labels, of whatever can be labelled. */
import { textOf } from '../attribute-values.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import type { YamlMap, YamlSlot } from '../yaml-slot.js';
import { atKey, atValue } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'security_labels',
    within: [],
    description: 'Labels by the provider that knows them (SECURITY LABEL FOR provider); left alone where it is not given.',
    order: 61,
    form: 'single',
    value: {
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1 },
      title: 'a map from label providers to labels',
      examples: [{ selinux: 'system_u:object_r:sepgsql_table_t:s0' }],
    },
    statements: (entry, { owner }) =>
      owner?.reference == null
        ? []
        : entry.items().map((label) => ({
            sql: [
              'SECURITY LABEL FOR ',
              atKey(label, quoteIdent(label.name ?? '')),
              ` ON ${owner.reference} IS `,
              atValue(label, quoteLiteral(label.text())),
            ],
          })),
    partOf: (object) => textOf(object, 'column'),
    whole: (objects) => {
      const labels = objects.map((object): readonly [string, string] => [textOf(object, 'provider') ?? '', textOf(object, 'label') ?? '']);
      return { value: labels.length === 0 ? undefined : (Object.fromEntries(labels) as YamlMap), said: objects };
    },
  },
];
