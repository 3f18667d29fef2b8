/** Privileges on members of extensions in YAML: the map `grants` of an extension, from members to what roles may do with them. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import { quoteIdent } from '../quote.js';
import type { YamlEntry, YamlMap, YamlSlot, YamlStatement } from '../yaml-slot.js';
import { atKey } from '../yaml-text.js';

const OWNER = '$owner';
const GRANTABLE = ' with grant option';
const PRIVILEGES = [
  ...['all', 'create', 'delete', 'execute', 'insert', 'maintain', 'references', 'select', 'trigger', 'truncate', 'update', 'usage'],
];
const MEMBER = /^(?:table|sequence|function|procedure|type|schema|language|foreign data wrapper|foreign server) ./;

const WORDS: JsonObject = { type: 'string', enum: PRIVILEGES.flatMap((word) => [word, `${word}${GRANTABLE}`]) };

const VALUE: JsonObject = {
  type: 'object',
  title: 'a map from members to roles',
  propertyNames: { pattern: MEMBER.source },
  additionalProperties: {
    type: 'object',
    title: 'a map from roles to lists of privileges',
    additionalProperties: { anyOf: [WORDS, { type: 'array', items: WORDS, title: 'a list of privileges' }], title: 'a list of privileges' },
  },
  examples: [{ 'table public.pg_stat_statements': { monitoring: ['select'] } }],
};

/** "table public.t (a)" is about a column of it. */
const COLUMN = /^(table .*?) \((.*)\)$/;

/** What an extension installs belongs to whoever creates it. */
function granteeSql(name: string): string {
  if (name === OWNER) return 'CURRENT_USER';
  return name.toLowerCase() === 'public' ? 'PUBLIC' : quoteIdent(name);
}

/** The list is all that the role has there: what it has by itself or from the extension is revoked first. */
function statementsFor(member: YamlEntry): readonly YamlStatement[] {
  const name = member.name ?? '';
  const [, table, column] = COLUMN.exec(name) ?? [];
  const on = (table ?? name).replace(MEMBER, (word) => word.slice(0, -1).toUpperCase() + word.slice(-1));
  const part = column === undefined ? '' : ` (${column})`;
  return member.items().flatMap((role) => {
    const to = granteeSql(role.name ?? '');
    const words = (typeof role.value === 'string' ? [role] : role.items()).map((item) => item.text());
    const list = (wanted: readonly string[]): string => wanted.map((word) => `${word.toUpperCase()}${part}`).join(', ');
    const plain = words.filter((word) => !word.endsWith(GRANTABLE));
    const grantable = words.filter((word) => word.endsWith(GRANTABLE)).map((word) => word.slice(0, -GRANTABLE.length));
    const statement = (verb: string, before: string, after: string): YamlStatement => ({
      sql: [`${verb} ON `, atKey(member, on), before, atKey(role, to), after],
      // What is revoked of a table is revoked of its columns.
      turn: column === undefined ? 0 : 1,
    });
    return [
      statement(`REVOKE ALL${part}`, ' FROM ', ''),
      ...(plain.length === 0 ? [] : [statement(`GRANT ${list(plain)}`, ' TO ', '')]),
      ...(grantable.length === 0 ? [] : [statement(`GRANT ${list(grantable)}`, ' TO ', ' WITH GRANT OPTION')]),
    ];
  });
}

function keyOf(object: SchemaObject): string {
  const on = (textOf(object, 'on') ?? '').replace(/^[A-Z ]+ /, (word) => word.toLowerCase());
  const column = textOf(object, 'column');
  return column === null ? on : `${on} (${quoteIdent(column)})`;
}

function wordsOf(object: SchemaObject): readonly string[] {
  return Object.entries(recordOf(object, 'privileges'))
    .map(([name, grantable]) => `${name}${grantable === true ? GRANTABLE : ''}`)
    .sort();
}

/** What somebody else than the owner granted no file can say. */
function whole(objects: readonly SchemaObject[]) {
  const said = objects.filter((object) => textOf(object, 'granted_by') === null);
  const value: Record<string, Record<string, readonly string[]>> = {};
  for (const object of said) {
    const key = keyOf(object);
    value[key] ??= {};
    value[key][textOf(object, 'grantee') ?? ''] = wordsOf(object);
  }
  return { value: said.length === 0 ? undefined : (value satisfies YamlMap), said };
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'grants',
    id: 'grants on members',
    within: [],
    description:
      'Privileges on what the extension installed, by member as GRANT … ON names it and by role: all that the role has there. ' +
      'Left alone where nothing is given.',
    order: 60,
    form: 'single',
    value: VALUE,
    statements: (entry) => entry.items().flatMap(statementsFor),
    whole,
  },
];
