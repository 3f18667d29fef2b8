/** Defaults in YAML: the key `default` of a column. */

import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { partitionParent, sameColumn } from '../lineage.js';
import type { YamlSlot, YamlView } from '../yaml-slot.js';
import { atKey, expression, plainScalar } from '../yaml-text.js';

/** The default of the same column of the partitioned table; undefined when the column is no partition's. */
function parentDefault(column: SchemaObject, view: YamlView): string | null | undefined {
  const parent = partitionParent(view.state, column.parent ?? '');
  const source = parent === null ? undefined : sameColumn(view.state, parent, column);
  if (source === undefined) return undefined;
  const found = view.children(source.address, 'default')[0];
  return found === undefined ? null : textOf(found, 'expression');
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'default',
    within: ['columns'],
    description: 'Default value, an expression in SQL: texts need quotes of their own ("\'pending\'").',
    order: 11,
    form: 'single',
    value: { type: ['string', 'number', 'boolean', 'null'], title: 'an expression in SQL', examples: ['now()', "'pending'", 0] },
    // A partition takes its parent's default unless it is told not to.
    inline: (entry, place) => [[atKey(entry, 'DEFAULT '), ...(entry.value === null ? ['NULL'] : expression(entry, place))]],
    whole: (objects, view, column) => {
      const own = objects[0] === undefined ? null : textOf(objects[0], 'expression');
      const inherited = column === null ? undefined : parentDefault(column, view);
      const value = inherited === undefined ? (own ?? undefined) : own === inherited ? undefined : own;
      return { value: typeof value === 'string' ? plainScalar(value) : value, said: objects };
    },
  },
];
