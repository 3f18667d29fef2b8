/** Who may set parameters that are for superusers, in YAML: `parameter_privileges`, by parameter and grantee. */
import type { SchemaObject } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import { quoteIdent } from '../quote.js';
import { settingName } from '../set-clause.js';
import type { YamlEntry, YamlMap, YamlSlot, YamlStatement } from '../yaml-slot.js';
import { atKey } from '../yaml-text.js';

const GRANTABLE = ' with grant option';
const WORDS = ['all', 'alter system', 'set'].flatMap((word) => [word, `${word}${GRANTABLE}`]);

function statementsFor(parameter: YamlEntry, role: YamlEntry): readonly YamlStatement[] {
  const name = role.name ?? '';
  const to = name.toLowerCase() === 'public' ? 'PUBLIC' : quoteIdent(name);
  const words = (typeof role.value === 'string' ? [role] : role.items()).map((item) => item.text());
  const grant = (wanted: readonly string[], after: string): readonly YamlStatement[] => {
    if (wanted.length === 0) return [];
    const list = wanted.map((word) => word.toUpperCase()).join(', ');
    return [{ sql: [`GRANT ${list} ON PARAMETER `, atKey(parameter, settingName(parameter.name ?? '')), ' TO ', atKey(role, to), after] }];
  };
  return [
    ...grant(
      words.filter((word) => !word.endsWith(GRANTABLE)),
      '',
    ),
    ...grant(
      words.filter((word) => word.endsWith(GRANTABLE)).map((word) => word.slice(0, -GRANTABLE.length)),
      ' WITH GRANT OPTION',
    ),
  ];
}

/** What another role granted is for SQL to say. */
function whole(objects: readonly SchemaObject[]) {
  const said = objects.filter((object) => textOf(object, 'granted_by') === null);
  const value: Record<string, Record<string, readonly string[]>> = {};
  for (const object of said) {
    const [parameter = ''] = object.parts;
    value[parameter] ??= {};
    value[parameter][textOf(object, 'grantee') ?? ''] = Object.entries(recordOf(object, 'privileges'))
      .map(([name, grantable]) => `${name}${grantable === true ? GRANTABLE : ''}`)
      .sort();
  }
  return { value: said.length === 0 ? undefined : (value satisfies YamlMap), said };
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'parameter_privileges',
    within: [''],
    schemaless: true,
    description:
      'Who may set parameters of the server that are for superusers, by parameter and role (GRANT … ON PARAMETER, PostgreSQL 15 and later); managed where a pattern of manage lists them ("parameter_privilege:*").',
    order: 0.2,
    form: 'single',
    value: {
      type: 'object',
      title: 'a map from parameters to roles',
      additionalProperties: {
        type: 'object',
        title: 'a map from roles to lists of privileges',
        additionalProperties: {
          anyOf: [
            { type: 'string', enum: WORDS },
            { type: 'array', items: { type: 'string', enum: WORDS }, minItems: 1, title: 'a list of privileges' },
          ],
          title: 'a list of privileges',
        },
      },
      examples: [{ log_min_duration_statement: { support: ['set'] } }],
    },
    statements: (entry) => entry.items().flatMap((parameter) => parameter.items().flatMap((role) => statementsFor(parameter, role))),
    whole,
  },
];
