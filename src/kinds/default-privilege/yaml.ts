/** Default privileges in YAML: `default_privileges` of a document for the whole database, of an entry of `schemas` for one schema. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import { quoteIdent } from '../quote.js';
import type { YamlEntry, YamlMap, YamlSlot, YamlStatement } from '../yaml-slot.js';
import { atKey } from '../yaml-text.js';

const GRANTABLE = ' with grant option';
const OWNER = '$owner';

const PRIVILEGES: { readonly [word: string]: readonly string[] } = {
  tables: ['delete', 'insert', 'maintain', 'references', 'select', 'trigger', 'truncate', 'update'],
  sequences: ['select', 'update', 'usage'],
  functions: ['execute'],
  types: ['usage'],
  schemas: ['create', 'usage'],
  large_objects: ['select', 'update'],
};

function grantsSchema(privileges: readonly string[]): JsonObject {
  const words: JsonObject = { type: 'string', enum: ['all', ...privileges].flatMap((word) => [word, `${word}${GRANTABLE}`]) };
  return {
    type: 'object',
    title: 'a map from roles to lists of privileges',
    examples: [{ reader: privileges.slice(0, 1), PUBLIC: [] }],
    additionalProperties: { anyOf: [words, { type: 'array', items: words, title: 'a list of privileges' }], title: 'a list of privileges' },
  };
}

/** Schemas and large objects are in no schema. */
function valueSchema(inSchema: boolean): JsonObject {
  const words = Object.keys(PRIVILEGES).filter((word) => !inSchema || (word !== 'schemas' && word !== 'large_objects'));
  return {
    type: 'object',
    title: 'a map from roles to what they create',
    additionalProperties: {
      type: 'object',
      additionalProperties: false,
      title: `a map with ${words.join(', ')}`,
      properties: Object.fromEntries(
        words.map((word) => [
          word,
          {
            description: `Privileges on ${word.replace('_', ' ')} that the role creates, by role.`,
            ...grantsSchema(PRIVILEGES[word] ?? []),
          },
        ]),
      ),
    },
    examples: [{ deploy: { tables: { reader: ['select'] }, functions: { PUBLIC: [] } } }],
  };
}

/** The list is all that the grantee gets; what PostgreSQL gives by itself is there in the database's list only, and revoked first. */
function statementsFor(creator: YamlEntry, schema: string | null): readonly YamlStatement[] {
  const prefix = `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdent(creator.name ?? '')}${schema === null ? '' : ` IN SCHEMA ${quoteIdent(schema)}`} `;
  return creator.items().flatMap((objects) =>
    objects.items().flatMap((role) => {
      const name = role.name ?? '';
      const to = name.toLowerCase() === 'public' ? 'PUBLIC' : quoteIdent(name === OWNER ? (creator.name ?? '') : name);
      const on = (objects.name ?? '').replace('_', ' ').toUpperCase();
      const words = (typeof role.value === 'string' ? [role] : role.items()).map((item) => item.text());
      const list = (wanted: readonly string[]): string => wanted.map((word) => word.toUpperCase()).join(', ');
      const grantable = words.filter((word) => word.endsWith(GRANTABLE)).map((word) => word.slice(0, -GRANTABLE.length));
      const plain = words.filter((word) => !word.endsWith(GRANTABLE));
      const statement = (before: string, after: string): YamlStatement => ({ sql: [prefix + before, atKey(role, to), after] });
      const hasSome = schema === null && (to === 'PUBLIC' || name === OWNER);
      return [
        ...(hasSome || words.length === 0 ? [statement(`REVOKE ALL ON ${on} FROM `, '')] : []),
        ...(plain.length === 0 ? [] : [statement(`GRANT ${list(plain)} ON ${on} TO `, '')]),
        ...(grantable.length === 0 ? [] : [statement(`GRANT ${list(grantable)} ON ${on} TO `, ' WITH GRANT OPTION')]),
      ];
    }),
  );
}

function wordsOf(object: SchemaObject): readonly string[] {
  return Object.entries(recordOf(object, 'privileges'))
    .map(([name, grantable]) => `${name}${grantable === true ? GRANTABLE : ''}`)
    .sort();
}

/** By creating role, by what it creates, by grantee. */
function whole(objects: readonly SchemaObject[]) {
  const value: Record<string, Record<string, Record<string, readonly string[]>>> = {};
  for (const object of objects) {
    const [role = '', word = ''] = object.parts.slice(-2);
    value[role] ??= {};
    value[role][word] ??= {};
    value[role][word][textOf(object, 'grantee') ?? ''] = wordsOf(object);
  }
  return { value: objects.length === 0 ? undefined : (value satisfies YamlMap), said: objects };
}

const DESCRIPTION = 'Privileges on what roles create from now on: by role, kind of object and grantee (PUBLIC, $owner and roles)';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'default_privileges',
    id: 'default privileges of the database',
    within: [''],
    schemaless: true,
    description: `${DESCRIPTION}, in the whole database.`,
    order: 95,
    form: 'single',
    value: valueSchema(false),
    statements: (entry) => entry.items().flatMap((role) => statementsFor(role, null)),
    whole,
  },
  {
    section: 'default_privileges',
    within: ['schemas'],
    description: `${DESCRIPTION}, in this schema.`,
    order: 62,
    form: 'single',
    value: valueSchema(true),
    statements: (entry, place) => entry.items().flatMap((role) => statementsFor(role, place.owner?.entry.name ?? null)),
    whole,
  },
];
