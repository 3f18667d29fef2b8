/** Rewrite rules of tables and views, but for the _RETURN rule that is a view's query. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { child, flag, inSchema, rangeVarRef, str } from '../ast.js';
import { textOf } from '../attribute-values.js';
import { catalogKey } from '../catalog-key.js';
import type {
  Alteration,
  Ast,
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

/** pg_get_ruledef() begins with the names of rule, event and relation, in this form; the definition is what follows them. */
const HEAD = `'CREATE RULE ' || pg_catalog.quote_ident(w.rulename) || ' AS' || e'\\n    ON ' || pg_catalog.upper(e.name) || ' TO '
    || pg_catalog.format('%I.%I', n.nspname, r.relname)`;

function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_rewrite'::regclass::oid as classid, w.oid as objid, 0 as objsubid,
  array[n.nspname, r.relname, w.rulename]::text[] as parts,
  ${catalogKey('pg_class', 'r.oid')} as parent,
  jsonb_build_object(
    'event', e.name,
    'definition', pg_catalog.rtrim(pg_catalog.ltrim(pg_catalog.substr(pg_catalog.pg_get_ruledef(w.oid), pg_catalog.length(${HEAD}) + 1), e' \\n'), ';'),
    'enabled', case w.ev_enabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end) as attributes
from pg_catalog.pg_rewrite w
join pg_catalog.pg_class r on r.oid = w.ev_class
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
cross join lateral (select case w.ev_type when '1' then 'select' when '2' then 'update' when '3' then 'insert' else 'delete' end as name) e
where w.rulename <> '_RETURN'
  and ${isUserSchema('n.nspname')}
  and ${read.within('pg_class', 'r.oid')}`;
}

const ENABLED = 'origin';
const STATES: Readonly<Record<string, string>> = {
  origin: 'ENABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

const nameOfRule = (object: SchemaObject): string => quoteIdent(object.parts[2] ?? '');
const tableOf = (object: SchemaObject): string => quoteName(object.parts.slice(0, 2));
const stateOf = (object: SchemaObject): string => textOf(object, 'enabled') ?? ENABLED;

function createSql(object: SchemaObject, orReplace: boolean): string {
  const event = (textOf(object, 'event') ?? '').toUpperCase();
  const head = `CREATE ${orReplace ? 'OR REPLACE ' : ''}RULE ${nameOfRule(object)} AS ON ${event} TO ${tableOf(object)}`;
  return `${head} ${textOf(object, 'definition') ?? ''}`;
}

const dropSql = (object: SchemaObject): string => `DROP RULE ${nameOfRule(object)} ON ${tableOf(object)}`;

const enableSql = (object: SchemaObject, state: string): string =>
  `ALTER TABLE ${tableOf(object)} ${STATES[state] ?? 'ENABLE'} RULE ${nameOfRule(object)}`;

/** All that brings the rule back as it was. */
function restore(object: SchemaObject, orReplace: boolean): readonly string[] {
  const state = stateOf(object);
  return [createSql(object, orReplace), ...(state === ENABLED ? [] : [enableSql(object, state)])];
}

function locked(object: SchemaObject, code: string | null): Pick<Operation, 'lock' | 'hazards'> {
  const message = `what ${(textOf(object, 'event') ?? '').toUpperCase()} on ${tableOf(object)} does changes`;
  return {
    lock: { mode: 'ACCESS EXCLUSIVE', address: object.parent ?? object.address },
    ...(code === null ? {} : { hazards: [{ code, address: object.address, message }] }),
  };
}

function enable(object: SchemaObject, before: string): Operation {
  return { sql: enableSql(object, stateOf(object)), ...locked(object, null), undo: { sql: [enableSql(object, before)] } };
}

function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const isNew = object.parent !== null && context.isNew(object.parent);
  const made: Operation = {
    sql: createSql(object, false),
    ...(isNew ? {} : locked(object, 'create-rule')),
    undo: { sql: [dropSql(object)] },
  };
  return stateOf(object) === ENABLED ? [made] : [made, enable(object, ENABLED)];
}

/** CREATE OR REPLACE keeps the comment and, unlike a trigger's, whether the rule is enabled. */
function alter({ before, after, changed }: SetChange): Alteration {
  const redefined = changed.has('event') || changed.has('definition');
  return {
    operations: [
      ...(redefined ? [{ sql: createSql(after, true), ...locked(after, 'create-rule'), undo: { sql: [createSql(before, true)] } }] : []),
      ...(changed.has('enabled') ? [enable(after, stateOf(before))] : []),
    ],
  };
}

function drop(object: SchemaObject): readonly Operation[] {
  return [{ sql: dropSql(object), ...locked(object, 'drop-rule'), undo: { sql: restore(object, false) } }];
}

function rename(object: SchemaObject, to: string): readonly Operation[] {
  const sql = (from: string, into: string): string => `ALTER RULE ${from} ON ${tableOf(object)} RENAME TO ${into}`;
  return [
    { sql: sql(nameOfRule(object), quoteIdent(to)), ...locked(object, null), undo: { sql: [sql(quoteIdent(to), nameOfRule(object))] } },
  ];
}

function read(node: Ast, context: StatementContext): StatementMeaning {
  const relation = child(node, 'relation');
  const table = rangeVarRef(relation);
  return {
    provides: [],
    alters: [table],
    declares: [
      {
        address: formatAddress('rule', [...inSchema(table, context.creationSchema), str(node, 'rulename')]),
        offset: context.offsetOf(relation?.location as number | undefined),
        named: true,
      },
    ],
    repeatable: flag(node, 'replace'),
  };
}

export const kind: Kind = {
  name: 'rule',
  rank: 65,
  attributes: { event: 'exact', definition: 'text', enabled: 'exact' },
  heldIn: `pg_catalog.pg_rewrite where oid >= 16384 and rulename <> '_RETURN'`,
  query,
  reference: (object) => `RULE ${nameOfRule(object)} ON ${tableOf(object)}`,
  create,
  alter,
  drop,
  rename,
  sql: [{ node: 'RuleStmt', read }],
  yaml,
};
