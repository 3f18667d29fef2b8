/** Comments in YAML: the key `comment` of whatever can have one. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { quoteLiteral, quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atValue } from '../yaml-text.js';

const onIndex = (object: SchemaObject): boolean => textOf(object, 'part')?.startsWith('INDEX ') === true;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'comment',
    within: [],
    description: 'COMMENT ON it.',
    order: 1,
    form: 'single',
    value: { type: 'string', minLength: 1, examples: ['One row per checkout.'] },
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
  {
    section: 'index_comment',
    within: [],
    description: 'COMMENT ON the index behind it.',
    order: 1.1,
    form: 'single',
    value: { type: 'string', minLength: 1, examples: ['Used by the nightly report.'] },
    statements: (entry, { owner, report }) => {
      if (owner?.reference == null) {
        report(
          { code: 'SC1042', summary: 'index_comment needs a name to speak of', hint: 'give what it stands at a name' },
          entry.path,
          'key',
        );
        return [];
      }
      // The index has the name of its constraint.
      const index = quoteName([owner.parts[0] ?? '', owner.parts.at(-1) ?? '']);
      return [{ sql: [`COMMENT ON INDEX ${index} IS `, atValue(entry, quoteLiteral(entry.text()))] }];
    },
    claims: onIndex,
    whole: (objects) => ({ value: objects[0] === undefined ? undefined : (textOf(objects[0], 'text') ?? ''), said: objects.slice(0, 1) }),
  },
];
