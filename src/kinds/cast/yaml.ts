/** Casts in YAML: the map `casts` from two types to how one becomes the other. */
import { textOf } from '../attribute-values.js';
import { aroundWord } from '../yaml-keys.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot } from '../yaml-slot.js';
import { atKey, described, sqlElement, TEXT } from '../yaml-text.js';

const FORM = 'two types such as "integer as app.money"';

function method(entry: YamlEntry, place: YamlPlace): SqlText {
  const [routine, word] = [entry.get('function'), entry.get('method')];
  if ((routine === null) === (word === null)) {
    place.report({ code: 'SC1043', summary: 'a cast has either function or method', hint: 'give one of the two' }, entry.path, 'key');
    return [];
  }
  if (routine !== null) return [' WITH FUNCTION ', sqlElement(routine, place)];
  return [word?.text() === 'inout' ? ' WITH INOUT' : ' WITHOUT FUNCTION'];
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'casts',
    within: [''],
    carries: ['comment'],
    description: 'Casts between types: "integer as app.money".',
    example: { 'integer as app.money': { function: 'app.money_of(integer)' } },
    order: 47,
    form: 'map',
    schemaless: true,
    properties: {
      function: described('Function that makes one value of the other, with its argument types.', TEXT, 'app.money_of(integer)'),
      method: described('Without a function: by way of text (inout), or because both are stored alike (binary).', {
        type: 'string',
        enum: ['inout', 'binary'],
      }),
      context: described('Where it happens by itself; default explicit: nowhere.', {
        type: 'string',
        enum: ['explicit', 'assignment', 'implicit'],
      }),
    },
    identity: (entry, { report }) => ({ parts: aroundWord(entry, 'as', FORM, report) ?? [], signature: '' }),
    key: (object) => object.parts.join(' as '),
    statements: (entry, place) => {
      const context = entry.get('context')?.text() ?? 'explicit';
      const end = context === 'explicit' ? '' : ` AS ${context.toUpperCase()}`;
      return [{ sql: ['CREATE CAST (', atKey(entry, place.parts.join(' AS ')), ')', ...method(entry, place), end] }];
    },
    keys: (object) => {
      const [routine, way, context] = [textOf(object, 'function'), textOf(object, 'method'), textOf(object, 'context')];
      return {
        function: routine ?? undefined,
        method: routine === null ? (way ?? undefined) : undefined,
        context: context === null || context === 'explicit' ? undefined : context,
      };
    },
  },
];
