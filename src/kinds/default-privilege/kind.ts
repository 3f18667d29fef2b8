/**
 * Privileges that objects get when a role creates them, in the whole database or in one schema.
 * Address: default_privilege:<schema>.<role>.tables@<grantee>, without the schema for the whole database.
 */
import type { SchemaObject } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import { type GrantTarget, grantStatements, listed, type Privileges } from '../grants.js';
import type { Kind, Operation } from '../kind.js';
import { quoteIdent } from '../quote.js';
import { query } from './catalog.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

function scope(object: SchemaObject): { readonly schema: string | null; readonly role: string; readonly word: string } {
  const [role = '', word = ''] = object.parts.slice(-2);
  return { schema: object.parts.length === 3 ? (object.parts[0] ?? null) : null, role, word };
}

function target(object: SchemaObject): GrantTarget {
  const { schema, role, word } = scope(object);
  const grantee = textOf(object, 'grantee') ?? '';
  const name = grantee === '$owner' ? role : grantee;
  return {
    prefix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdent(role)}${schema === null ? '' : ` IN SCHEMA ${quoteIdent(schema)}`} `,
    on: word.replace('_', ' ').toUpperCase(),
    grantee: grantee === 'PUBLIC' ? 'PUBLIC' : quoteIdent(name),
    column: null,
  };
}

function operations(object: SchemaObject, from: Privileges, to: Privileges): readonly Operation[] {
  const { schema, role, word } = scope(object);
  const where = schema === null ? '' : ` in schema ${schema}`;
  const message = `${textOf(object, 'grantee')} gets ${listed(to)} on ${word.replace('_', ' ')} that ${role} creates${where} from now on`;
  const back = grantStatements(to, from, target(object));
  return grantStatements(from, to, target(object)).map((sql) => ({
    sql,
    requires: [{ privilege: 'INHERIT', on: role }],
    hazards: [{ code: 'authz', address: object.address, message }],
    undo: { sql: back },
  }));
}

const read = (object: SchemaObject, name: 'privileges' | 'usual'): Privileges => recordOf(object, name) as Privileges;

export const kind: Kind = {
  name: 'default_privilege',
  rank: 80,
  presence: 'declared',
  ambient: true,
  lessens: ({ before, after }) => {
    const [from, to] = [read(before, 'privileges'), read(after, 'privileges')];
    return Object.entries(to).every(([name, grantable]) => from[name] !== undefined && (from[name] === true || !grantable));
  },
  schema: (object) => scope(object).schema,
  heldIn: 'pg_catalog.pg_default_acl',
  query,
  attributes: { grantee: 'exact', privileges: 'exact', usual: 'unhashed' },
  reference: (object) =>
    target(object)
      .prefix.replace(/^ALTER /, '')
      .trim(),
  create: (object) => operations(object, read(object, 'usual'), read(object, 'privileges')),
  alter: ({ before, after }) => ({ operations: operations(after, read(before, 'privileges'), read(after, 'privileges')) }),
  drop: (object) => operations(object, read(object, 'privileges'), read(object, 'usual')),
  // The list of the role and the schema, which every other change of it writes too; not kept out: the first change, which makes the list.
  pin: (object) => {
    const { prefix, on } = target(object);
    return { sql: `${prefix}REVOKE GRANT OPTION FOR ALL ON ${on} FROM PUBLIC` };
  },
  sql: statementRules,
  yaml,
};
