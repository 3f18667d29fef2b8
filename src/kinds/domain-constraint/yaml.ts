/** Constraints of domains in YAML: `not_null` and `checks` of a domain. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { chosenName } from '../default-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot } from '../yaml-slot.js';
import { atKey, bareExpression, described, EXPRESSION, expression, FLAG, trueOrNone } from '../yaml-text.js';

const isType = (type: string) => (object: SchemaObject) => textOf(object, 'type') === type;

const usualName = (label: string) => (object: SchemaObject) => chosenName(object.parts[1] ?? '', null, label);

function named(entry: YamlEntry): SqlText {
  return entry.name === null ? [] : ['CONSTRAINT ', atKey(entry, quoteIdent(entry.name)), ' '];
}

function check(entry: YamlEntry, place: YamlPlace): SqlText {
  const text = entry.get('expression');
  return text === null ? [] : [...named(entry), 'CHECK ', ...expression(text, place)];
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'not_null',
    id: 'not_null of domains',
    within: ['domains'],
    carries: ['comment'],
    description: 'NOT NULL: true, or a map with the name of the constraint (PostgreSQL 17 and later).',
    example: true,
    order: 11,
    form: 'single',
    nameable: true,
    properties: { enabled: described('Whether it is NOT NULL; default true.', { ...FLAG, title: 'true or false' }, false) },
    short: 'enabled',
    inline: (entry) => (entry.get('enabled')?.value === false ? [] : [[...named(entry), 'NOT NULL']]),
    claims: isType('not_null'),
    keys: (object) => (object.parts[2] === usualName('not_null')(object) ? { enabled: true } : {}),
    defaultName: usualName('not_null'),
  },
  {
    section: 'checks',
    id: 'checks of domains',
    within: ['domains'],
    carries: ['comment'],
    description: 'Checks of VALUE: names and expressions, or a list where PostgreSQL chooses the names.',
    example: { has_at: "value like '%@%'" },
    order: 30,
    form: 'optional',
    properties: {
      expression: described('Condition on VALUE.', EXPRESSION, "value ~ '@'"),
      not_valid: described('Values that are there are not checked.', FLAG),
    },
    required: ['expression'],
    short: 'expression',
    hints: ['renamed_from'],
    inline: (entry, place) => (entry.flag('not_valid') ? [] : [check(entry, place)]),
    statements: (entry, place) =>
      entry.flag('not_valid') && place.owner !== null
        ? [{ sql: [`ALTER DOMAIN ${quoteName(place.owner.parts)} ADD `, ...check(entry, place), ' NOT VALID'] }]
        : [],
    claims: isType('check'),
    keys: (object) => ({
      expression: bareExpression(textOf(object, 'expression') ?? ''),
      not_valid: trueOrNone(!flagOf(object, 'validated')),
    }),
    defaultName: usualName('check'),
  },
];
