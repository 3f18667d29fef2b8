/** Privileges in YAML: the map `grants` from roles to what they may do, on schemas, types, sequences, tables and columns. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import type { YamlEntry, YamlMap, YamlOwner, YamlPlace, YamlSlot, YamlStatement, YamlView } from '../yaml-slot.js';
import { atKey } from '../yaml-text.js';

const GRANTABLE = ' with grant option';
const OWNER = '$owner';

function schemaOf(privileges: readonly string[]): JsonObject {
  const words: JsonObject = { type: 'string', enum: ['all', ...privileges].flatMap((word) => [word, `${word}${GRANTABLE}`]) };
  return {
    type: 'object',
    title: 'a map from roles to lists of privileges',
    examples: [{ app_user: privileges.slice(0, 2), PUBLIC: [] }],
    additionalProperties: { anyOf: [words, { type: 'array', items: words, title: 'a list of privileges' }], title: 'a list of privileges' },
  };
}

/** A column's privileges are granted on its table. */
interface Target {
  readonly on: string;
  readonly column: string | null;
}

function targetOf(owner: YamlOwner, isColumn: boolean): Target | null {
  if (isColumn) return { on: `TABLE ${quoteName(owner.parts.slice(0, -1))}`, column: quoteIdent(owner.parts.at(-1) ?? '') };
  return owner.grantReference === null ? null : { on: owner.grantReference, column: null };
}

function grantee(name: string, place: YamlPlace, isColumn: boolean): string {
  if (name.toLowerCase() === 'public') return 'PUBLIC';
  if (name !== OWNER) return quoteIdent(name);
  const role = isColumn ? null : (place.owner?.entry.get('owner') ?? null);
  return role === null ? 'CURRENT_USER' : quoteIdent(role.text());
}

/** The list is all that the role has: what PUBLIC and the owner have by themselves is revoked first, and an empty list is nothing. */
function statementsFor(role: YamlEntry, place: YamlPlace, isColumn: boolean): readonly YamlStatement[] {
  const target = place.owner === null ? null : targetOf(place.owner, isColumn);
  if (target === null) return [];
  const name = role.name ?? '';
  const to = grantee(name, place, isColumn);
  const words = (typeof role.value === 'string' ? [role] : role.items()).map((item) => item.text());
  const column = target.column === null ? '' : ` (${target.column})`;
  const list = (wanted: readonly string[]): string => wanted.map((word) => `${word.toUpperCase()}${column}`).join(', ');
  const grantable = words.filter((word) => word.endsWith(GRANTABLE)).map((word) => word.slice(0, -GRANTABLE.length));
  const plain = words.filter((word) => !word.endsWith(GRANTABLE));
  const statement = (before: string, after: string): YamlStatement => ({ sql: [before, atKey(role, to), after] });
  return [
    ...(words.length === 0 || to === 'PUBLIC' || name === OWNER ? [statement(`REVOKE ALL${column} ON ${target.on} FROM `, '')] : []),
    ...(plain.length === 0 ? [] : [statement(`GRANT ${list(plain)} ON ${target.on} TO `, '')]),
    ...(grantable.length === 0 ? [] : [statement(`GRANT ${list(grantable)} ON ${target.on} TO `, ' WITH GRANT OPTION')]),
  ];
}

/** What somebody else than the owner granted is for SQL to say. */
function whole(objects: readonly SchemaObject[], _view: YamlView) {
  const said = objects.filter((object) => textOf(object, 'granted_by') === null);
  const entries = said
    .map((object): readonly [string, readonly string[]] => [textOf(object, 'grantee') ?? '', wordsOf(object)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { value: said.length === 0 ? undefined : (Object.fromEntries(entries) as YamlMap), said };
}

function wordsOf(object: SchemaObject): readonly string[] {
  return Object.entries(recordOf(object, 'privileges'))
    .map(([name, grantable]) => `${name}${grantable === true ? GRANTABLE : ''}`)
    .sort();
}

function slot(on: string, privileges: readonly string[]): YamlSlot {
  const isColumn = on === 'columns';
  return {
    section: 'grants',
    id: `grants on ${on}`,
    within: [],
    description: 'Privileges by role (PUBLIC, $owner and roles): all that the role has here. Left alone where nothing is given.',
    order: 60,
    form: 'single',
    value: schemaOf(privileges),
    statements: (entry, place) => entry.items().flatMap((role) => statementsFor(role, place, isColumn)),
    partOf: (object) => textOf(object, 'column'),
    whole,
  };
}

export const yaml: readonly YamlSlot[] = [
  slot('schemas', ['create', 'usage']),
  slot('types', ['usage']),
  slot('sequences', ['select', 'update', 'usage']),
  slot('tables', ['delete', 'insert', 'maintain', 'references', 'select', 'trigger', 'truncate', 'update']),
  slot('columns', ['insert', 'references', 'select', 'update']),
  slot('routines', ['execute']),
  slot('languages', ['usage']),
  slot('foreign data', ['usage']),
];
