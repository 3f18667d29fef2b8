/** Row-level security policies of a table; knows nothing of whether the table uses them. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { child, inSchema, rangeVarRef, str } from '../ast.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import { catalogKey } from '../catalog-key.js';
import type {
  Alteration,
  Ast,
  Hazard,
  Kind,
  Operation,
  OperationContext,
  ReadContext,
  SetChange,
  StatementContext,
  StatementMeaning,
} from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { isUserSchema } from '../user-schema.js';
import { yaml } from './yaml.js';

function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_policy'::regclass::oid as classid, p.oid as objid, 0 as objsubid,
  array[n.nspname, r.relname, p.polname]::text[] as parts,
  ${catalogKey('pg_class', 'r.oid')} as parent,
  (select jsonb_agg(${catalogKey('pg_authid', 'o.id')}) from pg_catalog.unnest(p.polroles) o(id) where o.id <> 0) as needs,
  jsonb_build_object(
    'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    'permissive', p.polpermissive,
    'roles', (select jsonb_agg(x.name order by x.name collate "C") from (
      select case when o.id = 0 then 'public' else pg_catalog.pg_get_userbyid(o.id)::text end as name from pg_catalog.unnest(p.polroles) o(id)) x),
    'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
    'check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)) as attributes
from pg_catalog.pg_policy p
join pg_catalog.pg_class r on r.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
where ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'r.oid')}`;
}

const nameOfPolicy = (object: SchemaObject): string => quoteIdent(object.parts[2] ?? '');
const tableOf = (object: SchemaObject): string => quoteName(object.parts.slice(0, 2));

/** No role can be called public. */
function roles(object: SchemaObject): string {
  return textsOf(object, 'roles')
    .map((name) => (name === 'public' ? 'PUBLIC' : quoteIdent(name)))
    .join(', ');
}

function createSql(object: SchemaObject): string {
  const command = textOf(object, 'command') ?? 'all';
  const [using, check] = [textOf(object, 'using'), textOf(object, 'check')];
  return [
    `CREATE POLICY ${nameOfPolicy(object)} ON ${tableOf(object)}`,
    ...(flagOf(object, 'permissive') ? [] : ['AS RESTRICTIVE']),
    ...(command === 'all' ? [] : [`FOR ${command.toUpperCase()}`]),
    `TO ${roles(object)}`,
    ...(using === null ? [] : [`USING (${using})`]),
    ...(check === null ? [] : [`WITH CHECK (${check})`]),
  ].join(' ');
}

const dropSql = (object: SchemaObject): string => `DROP POLICY ${nameOfPolicy(object)} ON ${tableOf(object)}`;

/** Every policy statement locks its table against all; on a table that the plan creates nobody waits. */
function on(object: SchemaObject, sql: string, undo: string, hazard: Hazard | null, context?: OperationContext): Operation {
  const table = object.parent ?? object.address;
  if (context?.isNew(table)) return { sql, undo: { sql: [undo] } };
  return { sql, lock: { mode: 'ACCESS EXCLUSIVE', address: table }, hazards: hazard === null ? [] : [hazard], undo: { sql: [undo] } };
}

function hazard(object: SchemaObject, code: string, what: string): Hazard {
  return { code, address: object.address, message: `${what} decides which rows of ${tableOf(object)} its roles see and write` };
}

function alter({ before, after, changed }: SetChange): Alteration {
  const removed = ['using', 'check'].some((name) => textOf(before, name) !== null && textOf(after, name) === null);
  // ALTER POLICY changes roles and expressions; it cannot take an expression away.
  if (removed || changed.has('command') || changed.has('permissive')) return 'replace';
  const added = ['using', 'check'].some((name) => textOf(before, name) === null && textOf(after, name) !== null);
  const sql = (object: SchemaObject): string =>
    [
      `ALTER POLICY ${nameOfPolicy(object)} ON ${tableOf(object)}`,
      ...(changed.has('roles') ? [`TO ${roles(object)}`] : []),
      ...(changed.has('using') ? [`USING (${textOf(object, 'using') ?? ''})`] : []),
      ...(changed.has('check') ? [`WITH CHECK (${textOf(object, 'check') ?? ''})`] : []),
    ].join(' ');
  const operation = on(after, sql(after), sql(before), hazard(after, 'alter-policy', 'a changed policy'));
  return { operations: [added ? { ...operation, undo: { sql: [dropSql(after), createSql(before)] } } : operation] };
}

function rename(object: SchemaObject, to: string): readonly Operation[] {
  const sql = (from: string, into: string): string => `ALTER POLICY ${from} ON ${tableOf(object)} RENAME TO ${into}`;
  return [on(object, sql(nameOfPolicy(object), quoteIdent(to)), sql(quoteIdent(to), nameOfPolicy(object)), null)];
}

function declaration(node: Ast, context: StatementContext): StatementMeaning {
  const relation = child(node, 'table');
  const table = rangeVarRef(relation);
  return {
    provides: [],
    alters: [table],
    declares: [
      {
        address: formatAddress('policy', [...inSchema(table, context.creationSchema), str(node, 'policy_name')]),
        offset: context.offsetOf(relation?.location as number | undefined),
        named: true,
      },
    ],
  };
}

export const kind: Kind = {
  name: 'policy',
  rank: 67,
  attributes: { command: 'exact', permissive: 'exact', roles: 'exact', using: 'text', check: 'text' },
  heldIn: 'pg_catalog.pg_policy',
  query,
  reference: (object) => `POLICY ${nameOfPolicy(object)} ON ${tableOf(object)}`,
  create: (object, context) => [on(object, createSql(object), dropSql(object), hazard(object, 'create-policy', 'a new policy'), context)],
  alter,
  drop: (object) => [on(object, dropSql(object), createSql(object), hazard(object, 'drop-policy', 'a dropped policy no longer'))],
  rename,
  sql: [
    { node: 'CreatePolicyStmt', read: declaration },
    // A policy exists once it is created: ALTER is no second declaration.
    { node: 'AlterPolicyStmt', read: declaration },
  ],
  yaml,
};
