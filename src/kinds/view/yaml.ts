/** Views in YAML: the map `views`, and `columns` of a view for what single ones have. */
import { optionsOf, recordOf, recordsOf, textOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import { bodyKeys, needsBody, queryText } from '../yaml-body.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, EXPRESSION, PARAMETERS, parameters, parameterValues, plainScalar, sqlClause } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'views',
    within: [''],
    carries: ['comment', 'owner', 'grants on tables', 'security_labels', 'triggers', 'rules'],
    description: 'Views: a query, or a map.',
    example: { open_orders: 'select id from orders where paid_at is null' },
    order: 6,
    form: 'map',
    properties: {
      ...bodyKeys('query', 'The query, as SQL', "select id, total from orders where status = 'paid'"),
      with: described('Options: security_barrier, security_invoker, check_option.', PARAMETERS, { security_barrier: true }),
    },
    short: 'query',
    hints: ['renamed_from', 'deprecated'],
    statements: (entry, place) => {
      needsBody(entry, place, ['query']);
      const query = queryText(entry, place, 'query');
      if (query === null) return [];
      return [{ sql: ['CREATE VIEW ', atKey(entry, quoteName(place.parts)), ...parameters(entry.get('with')), ' AS ', query] }];
    },
    keys: (object) => ({
      query: (textOf(object, 'definition') ?? '').trim(),
      with: parameterValues(optionsOf(object)),
    }),
  },
  {
    section: 'columns',
    id: 'columns of views',
    within: ['views'],
    carries: ['comment', 'grants on columns', 'security_labels'],
    description: 'What columns of the view have: defaults for INSERT, comments, grants.',
    example: { total: { comment: 'with taxes' } },
    order: 20,
    form: 'map',
    properties: { default: described('Default for INSERT into the view.', EXPRESSION, 'now()') },
    statements: (entry, place) => {
      const value = entry.get('default');
      if (value === null) return [];
      const view = quoteName(place.parts.slice(0, -1));
      const column = quoteIdent(entry.name ?? '');
      return [{ sql: [`ALTER VIEW ${view} ALTER COLUMN ${column} SET DEFAULT `, ...sqlClause(value, place)] }];
    },
    reference: (parts) => `COLUMN ${quoteName(parts)}`,
    partsOf: (view) => {
      const defaults = recordOf(view, 'column_defaults');
      return recordsOf(view, 'columns').map(({ name }) => {
        const value = defaults[String(name)];
        return { name: String(name), keys: { default: typeof value === 'string' ? plainScalar(value) : undefined } };
      });
    },
  },
];
