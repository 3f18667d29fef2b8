/**
 * Roles of the server. Passwords are never read, compared or written: no plan holds a secret. Left alone are the predefined roles, the
 * bootstrap superuser, and the role that looks, which no plan may lock out of its own work.
 */
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Kind, Operation, ReadContext, SetChange } from '../kind.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

/**
 * The view, because the catalog behind it is for superusers. Roles below 16384 are those of initdb, the bootstrap superuser among them. What
 * was valid until a date cannot become as if it never had one, only valid until infinity, which means the same.
 */
function query({ within }: ReadContext): string {
  return `
    select 'pg_catalog.pg_authid'::regclass::oid as classid, r.oid as objid, 0 as objsubid, array[r.rolname]::text[] as parts,
           jsonb_build_object('superuser', r.rolsuper, 'createdb', r.rolcreatedb, 'createrole', r.rolcreaterole, 'inherit', r.rolinherit,
             'login', r.rolcanlogin, 'replication', r.rolreplication, 'bypassrls', r.rolbypassrls,
             'connection_limit', r.rolconnlimit, 'valid_until', nullif(r.rolvaliduntil::text, 'infinity')) as attributes
      from pg_catalog.pg_roles r
     where r.oid >= 16384 and r.rolname !~ '^pg_' and r.rolname <> current_user and ${within('pg_authid', 'r.oid')}`;
}

const reference = (object: SchemaObject): string => `ROLE ${quoteIdent(object.parts[0] ?? '')}`;

/** Attributes that are a word, in the order of pg_dumpall. */
const WORDS = ['superuser', 'inherit', 'createrole', 'createdb', 'login', 'replication', 'bypassrls'] as const;

function option(object: SchemaObject, name: string): string {
  if (name === 'connection_limit') return `CONNECTION LIMIT ${String(object.attributes.connection_limit ?? -1)}`;
  if (name === 'valid_until') return `VALID UNTIL ${quoteLiteral(textOf(object, 'valid_until') ?? 'infinity')}`;
  return `${flagOf(object, name) ? '' : 'NO'}${name.toUpperCase()}`;
}

const isDefault = (object: SchemaObject, name: string): boolean => {
  if (name === 'connection_limit') return object.attributes.connection_limit === -1;
  if (name === 'valid_until') return textOf(object, 'valid_until') === null;
  return flagOf(object, name) === (name === 'inherit');
};

const OPTIONS: readonly string[] = [...WORDS, 'connection_limit', 'valid_until'];

function statement(verb: 'CREATE' | 'ALTER', object: SchemaObject, names: readonly string[]): string {
  return [`${verb} ${reference(object)}`, ...names.map((name) => option(object, name))].join(' ');
}

const createSql = (object: SchemaObject): string =>
  statement(
    'CREATE',
    object,
    OPTIONS.filter((name) => !isDefault(object, name)),
  );

/** Up to 15 replication and row security are for superusers to give; from 16 on for whoever has them. */
function requires(object: SchemaObject, names: readonly string[]): readonly PlanRequirement[] {
  return names.includes('superuser') || flagOf(object, 'superuser') ? SUPERUSER : [{ privilege: 'CREATEROLE', on: null }];
}

function create(object: SchemaObject): readonly Operation[] {
  const name = object.parts[0] ?? '';
  const powers = WORDS.filter((word) => word !== 'inherit' && word !== 'login' && flagOf(object, word));
  const message = `${name} may do what ${powers.join(', ')} ${powers.length === 1 ? 'allows' : 'allow'} in every database of the server`;
  const withoutPassword = `${name} can log in and has no password: set one with \\password, unless another way of authentication is used`;
  return [
    {
      sql: createSql(object),
      requires: requires(
        object,
        OPTIONS.filter((option) => !isDefault(object, option)),
      ),
      hazards: [
        ...(powers.length === 0 ? [] : [{ code: 'authz', address: object.address, message, evenNew: true }]),
        ...(flagOf(object, 'login')
          ? [{ code: 'role-without-password', address: object.address, message: withoutPassword, evenNew: true }]
          : []),
      ],
      undo: { sql: [`DROP ${reference(object)}`] },
    },
  ];
}

function alterOperation({ before, after, changed }: SetChange): Operation {
  const names = OPTIONS.filter((name) => changed.has(name));
  const message = `${after.parts[0]} changes from ${names.map((name) => option(before, name)).join(', ')} to ${names.map((name) => option(after, name)).join(', ')}`;
  return {
    sql: statement('ALTER', after, names),
    requires: flagOf(before, 'superuser') ? SUPERUSER : requires(after, names),
    hazards: [{ code: 'authz', address: after.address, message }],
    undo: { sql: [statement('ALTER', before, names)] },
  };
}

export const kind: Kind = {
  name: 'role',
  rank: 2,
  clusterWide: true,
  isRole: true,
  attributes: {
    superuser: 'exact',
    createdb: 'exact',
    createrole: 'exact',
    inherit: 'exact',
    login: 'exact',
    replication: 'exact',
    bypassrls: 'exact',
    connection_limit: 'exact',
    valid_until: 'exact',
  },
  query,
  schema: () => null,
  reference,
  create,
  alter: (change) => ({ operations: [alterOperation(change)] }),
  drop: (object) => [
    {
      sql: `DROP ${reference(object)}`,
      requires: requires(object, []),
      hazards: [
        {
          code: 'drop-role',
          address: object.address,
          message: `${object.parts[0]} goes, and with it its password, memberships and settings in every database; PostgreSQL refuses while it owns or may do anything in any of them`,
          destructive: true,
        },
      ],
      undo: { reason: 'no plan holds the password of a role' },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      requires: requires(object, []),
      hazards: [
        {
          code: 'rename-role',
          address: object.address,
          message: `who logs in as ${object.parts[0]} fails from then on, and a password that is kept as MD5, which the name is part of, is cleared`,
        },
      ],
      undo: { sql: [`ALTER ROLE ${quoteIdent(to)} RENAME TO ${quoteIdent(object.parts[0] ?? '')}`] },
    },
  ],
  // Without any option it writes the row as it is, and whoever else alters or drops the role waits and then fails.
  pin: (object) => ({ sql: `ALTER ${reference(object)}`, requires: requires(object, []) }),
  sql: statementRules,
  yaml,
};
