/** Memberships in YAML: `member_of` of a role, a list of roles or a map from them to options. */
import { formatAddress } from '../../core/address.js';
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf } from '../attribute-values.js';
import { quoteIdent } from '../quote.js';
import type { SqlText, YamlEntry, YamlMap, YamlSlot, YamlStatement } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, join, NAMES, nameOf, TEXT } from '../yaml-text.js';

const OPTIONS = ['admin', 'inherit', 'set'] as const;

const MEMBERSHIP: JsonObject = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    admin: described('It may make others members.', FLAG),
    inherit: described(
      "It has the role's privileges by itself; default whatever its own inherit says (PostgreSQL 16 and later).",
      FLAG,
      false,
    ),
    set: described('It may become the role (SET ROLE); default true (PostgreSQL 16 and later).', FLAG, false),
    granted_by: described('Role that granted it.', TEXT, 'admin'),
  },
  title: 'a map with admin, inherit, set and granted_by',
};

/** ADMIN alone is said as every version knows it. */
function options(item: YamlEntry): SqlText {
  const given = OPTIONS.flatMap((name) => {
    const member = item.get(name);
    return member === null ? [] : [{ name, isOn: item.flag(name), member }];
  });
  const [only] = given;
  if (only === undefined) return [];
  if (given.length === 1 && only.name === 'admin') return only.isOn ? [' WITH ADMIN OPTION'] : [];
  return [
    ' WITH ',
    ...join(
      given.map(({ name, isOn, member }) => [atValue(member, `${name.toUpperCase()} ${isOn ? 'TRUE' : 'FALSE'}`)]),
      ', ',
    ),
  ];
}

function grant(item: YamlEntry, member: string): YamlStatement {
  const role = typeof item.value === 'string' ? nameOf(item) : atKey(item, quoteIdent(item.name ?? ''));
  const by = item.get('granted_by');
  // Who grants must have been given the role before.
  const turn = by === null ? 0 : 1;
  return {
    turn,
    sql: ['GRANT ', role, ` TO ${quoteIdent(member)}`, ...options(item), ...(by === null ? [] : [' GRANTED BY ', nameOf(by)])],
  };
}

/** The options that a member of this role does not have by itself. */
function optionKeys(object: SchemaObject, member: SchemaObject | null): YamlMap {
  const isNew = 'set' in object.attributes;
  return {
    admin: flagOf(object, 'admin') ? true : undefined,
    inherit: isNew && flagOf(object, 'inherit') !== (member !== null && flagOf(member, 'inherit')) ? flagOf(object, 'inherit') : undefined,
    set: isNew && !flagOf(object, 'set') ? false : undefined,
    granted_by: object.parts[2],
  };
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'member_of',
    within: ['roles'],
    description: 'Roles that it is a member of: a list, or a map to how.',
    example: ['reader', 'writer'],
    order: 50,
    form: 'single',
    value: {
      anyOf: [NAMES, { type: 'object', additionalProperties: MEMBERSHIP, title: 'a map from roles to options' }],
      title: 'a list of roles, or a map from roles to options',
    },
    inside: (object) => formatAddress('role', object.parts.slice(1, 2)),
    statements: (entry, { owner }) => entry.items().map((item) => grant(item, owner?.parts[0] ?? '')),
    whole: (objects, _view, member) => {
      // One map has a role once: what several granted is for SQL to say.
      const said = objects.filter((object) => objects.every((other) => other === object || other.parts[0] !== object.parts[0]));
      const entries = said.map((object) => [object.parts[0] ?? '', optionKeys(object, member)] as const);
      const isPlain = entries.every(([, keys]) => Object.values(keys).every((value) => value === undefined));
      if (entries.length === 0) return { value: undefined, said };
      return { value: isPlain ? entries.map(([role]) => role) : Object.fromEntries(entries), said };
    },
  },
];
