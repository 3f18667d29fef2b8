/** Constraints of domains: CHECK and, from PostgreSQL 17 on, NOT NULL. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { domainConstraintText } from '../domain-constraint-text.js';
import type { Alteration, Kind, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { holdersOf } from '../type-holders.js';
import { isUserSchema, reference } from '../user-schema.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const domainOf = (object: SchemaObject): string => quoteName(object.parts.slice(0, -1));
const nameOf = (object: SchemaObject): string => quoteIdent(object.parts.at(-1) ?? '');

function dropStatement(object: SchemaObject): string {
  return `ALTER DOMAIN ${domainOf(object)} DROP CONSTRAINT ${nameOf(object)}`;
}

function validate(object: SchemaObject, mode: 'own' | 'shared'): Operation {
  return {
    sql: `ALTER DOMAIN ${domainOf(object)} VALIDATE CONSTRAINT ${nameOf(object)}`,
    mode,
    dependsOnData: true,
    undo: { reason: 'a validated constraint stays validated; drop it and add it NOT VALID' },
  };
}

/** NOT VALID takes no lock on the tables that use the domain; NOT NULL cannot be NOT VALID. */
function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const add = `ALTER DOMAIN ${domainOf(object)} ADD ${domainConstraintText(object)}`;
  const undo = { sql: [dropStatement(object)] };
  if (!flagOf(object, 'validated')) return [{ sql: `${add} NOT VALID`, undo }];
  const domain = context.desired.get(object.parent ?? '');
  const isNew = domain === undefined || context.isNew(domain.address);
  if (isNew) return [{ sql: add, undo }];
  if (context.online && textOf(object, 'type') === 'check') return [{ sql: `${add} NOT VALID`, undo }, validate(object, 'own')];
  const tables = [...new Set(holdersOf(domain, context).map(({ table }) => table))];
  const first = tables[0];
  return [
    {
      sql: add,
      dependsOnData: tables.length > 0,
      // PostgreSQL locks each table that uses the domain until the transaction ends, and reads it whole.
      ...(first === undefined ? {} : { lock: { mode: 'SHARE', address: first.address } as const }),
      hazards: tables.map((table) => ({
        code: 'domain-add-constraint',
        address: table.address,
        message: `${quoteName(table.parts)} is read whole under a lock that blocks writes`,
      })),
      undo,
    },
  ];
}

function alter({ before, after, changed }: SetChange, context: OperationContext): Alteration {
  const onlyValidated = changed.size === 1 && changed.has('validated');
  if (!onlyValidated || flagOf(before, 'validated')) return 'replace';
  return { operations: [validate(after, context.online ? 'own' : 'shared')] };
}

export const kind: Kind = {
  name: 'domain_constraint',
  rank: 23,
  choosesName: true,
  attributes: { type: 'exact', expression: 'text', validated: 'exact' },
  heldIn: 'pg_catalog.pg_constraint where oid >= 16384 and contypid <> 0',
  query: (read) => `
    select 'pg_constraint'::regclass::oid::int8 as classid, k.oid::int8 as objid, 0 as objsubid,
           array[n.nspname, t.typname, k.conname]::text[] as parts,
           ${reference('pg_type', 't.oid')} as parent,
           jsonb_build_object(
             'type', case k.contype when 'c' then 'check' else 'not_null' end,
             'expression', pg_get_expr(k.conbin, 0),
             'validated', k.convalidated) as attributes
      from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
     where ${isUserSchema('n.nspname')} and ${read.within('pg_type', 't.oid')}`,
  reference: (object) => `CONSTRAINT ${nameOf(object)} ON DOMAIN ${domainOf(object)}`,
  create,
  inline: (object) => (flagOf(object, 'validated') ? domainConstraintText(object) : null),
  alter,
  drop: (object) => [
    {
      sql: dropStatement(object),
      undo: {
        sql: [`ALTER DOMAIN ${domainOf(object)} ADD ${domainConstraintText(object)}${flagOf(object, 'validated') ? '' : ' NOT VALID'}`],
      },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER DOMAIN ${domainOf(object)} RENAME CONSTRAINT ${nameOf(object)} TO ${quoteIdent(to)}`,
      undo: { sql: [`ALTER DOMAIN ${domainOf(object)} RENAME CONSTRAINT ${quoteIdent(to)} TO ${nameOf(object)}`] },
    },
  ],
  pin: () => ({ reason: 'PostgreSQL locks nothing when a constraint of a domain is added, changed or dropped' }),
  sql: statements,
  yaml,
};
