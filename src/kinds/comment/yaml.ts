/** Comments in YAML: the key `comment` of whatever can have one. */
import { textOf } from '../attribute-values.js';
import { quoteLiteral } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atValue } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'comment',
    within: [],
    description: 'COMMENT ON it.',
    order: 1,
    form: 'single',
    value: { type: 'string', minLength: 1 },
    statements: (entry, { owner, report }) => {
      const reference = owner?.reference ?? null;
      if (reference === null) {
        report({ code: 'SC1042', summary: 'comment needs a name to speak of', hint: 'give what it stands at a name' }, entry.path, 'key');
        return [];
      }
      return [{ sql: [`COMMENT ON ${reference} IS `, atValue(entry, quoteLiteral(entry.text()))] }];
    },
    claims: (object) => textOf(object, 'part') === null,
    partOf: (object) => object.qualifier,
    whole: (objects) => ({ value: objects[0] === undefined ? undefined : (textOf(objects[0], 'text') ?? ''), said: objects.slice(0, 1) }),
  },
];
