/** The `hints` of a YAML document: said of objects that another source declares, by their addresses. Names no kind. */
import type { JsonObject } from '../../core/json.js';
import { quoteIdent } from '../../kinds/quote.js';
import type { Hint } from '../declaration.js';
import { HINT_NAMES } from '../sql/hints.js';
import type { YamlFile } from './yaml-file.js';

export const HINTS_KEY = 'hints';

/**
 * @param forms of the hints that have one of their own; the others are text.
 * @param kind that has a hint and lives in a table, for the example
 */
export function hintsSchema(forms: { readonly [name: string]: JsonObject }, kind: string): JsonObject {
  const text: JsonObject = { type: 'string', minLength: 1 };
  return {
    type: 'object',
    title: 'a map from addresses to hints',
    description: 'Hints for objects that another source declares, by address, as plans and findings name them.',
    examples: [{ [`${kind}:app.orders.customer_id`]: { renamed_from: 'client_id' } }],
    propertyNames: { pattern: '^[a-z_]+:.', title: 'an address such as those in a plan' },
    additionalProperties: {
      type: 'object',
      title: 'a map from hints to their values',
      additionalProperties: false,
      minProperties: 1,
      properties: Object.fromEntries(HINT_NAMES.map((name) => [name, forms[name] ?? text])),
    },
  };
}

/** The document must have passed the JSON Schema. */
export function hintsApart(document: YamlFile): readonly Hint[] {
  const hints = (document.value as { readonly [HINTS_KEY]?: Readonly<Record<string, Readonly<Record<string, unknown>>>> })[HINTS_KEY];
  return Object.entries(hints ?? {}).flatMap(([address, given]) =>
    Object.entries(given).map(([name, value]): Hint => {
      const path = [HINTS_KEY, address, name];
      const text = value === true ? '' : document.scalar(path);
      const span = document.span(path, 'key');
      // A name is exact here, as everywhere in YAML.
      return { address, name, value: name === 'renamed_from' ? quoteIdent(text) : text, span, apart: true };
    }),
  );
}
