/** Casts: how a value of one type becomes one of another, and where that happens by itself. They have no name and no schema. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { child, typeNameText, typeRef } from '../ast.js';
import { textOf } from '../attribute-values.js';
import type { Ast, Kind, ReadContext, StatementContext, StatementMeaning } from '../kind.js';
import { functionWithTypes } from '../operator-names.js';
import { executes, ownsType, SUPERUSER } from '../requirements.js';
import { yaml } from './yaml.js';

/** What initdb makes has an oid below 16384. The cast of a range type to its multirange comes with the type. */
function query({ within }: ReadContext): string {
  return `
    select c.tableoid as classid, c.oid as objid, 0 as objsubid,
           array[pg_catalog.format_type(c.castsource, null), pg_catalog.format_type(c.casttarget, null)]::text[] as parts,
           jsonb_build_object(
             'method', case c.castmethod when 'f' then 'function' when 'i' then 'inout' else 'binary' end,
             'function', ${functionWithTypes('c.castfunc')},
             'context', case c.castcontext when 'i' then 'implicit' when 'a' then 'assignment' else 'explicit' end) as attributes
      from pg_catalog.pg_cast c
     where c.oid >= 16384 and not exists (select from pg_catalog.pg_depend d where d.classid = c.tableoid and d.objid = c.oid and d.deptype = 'i')
       and ${within('pg_cast', 'c.oid')}`;
}

const reference = (object: SchemaObject): string => `CAST (${object.parts[0]} AS ${object.parts[1]})`;

const METHODS: Readonly<Record<string, string>> = { inout: 'WITH INOUT', binary: 'WITHOUT FUNCTION' };
const CONTEXTS: Readonly<Record<string, string>> = { implicit: ' AS IMPLICIT', assignment: ' AS ASSIGNMENT' };

function createSql(object: SchemaObject): string {
  const method = METHODS[textOf(object, 'method') ?? ''] ?? `WITH FUNCTION ${textOf(object, 'function')}`;
  return `CREATE ${reference(object)} ${method}${CONTEXTS[textOf(object, 'context') ?? ''] ?? ''}`;
}

const dropSql = (object: SchemaObject): string => `DROP ${reference(object)}`;

/** What uses the types waits for it: a cast that happens by itself is named nowhere. */
function declaration(node: Ast, context: StatementContext): StatementMeaning {
  const types = [child(node, 'sourcetype'), child(node, 'targettype')];
  const parts = types.map((type) => typeNameText(type, context.creationSchema));
  return {
    provides: [],
    alters: types.map(typeRef).filter((ref) => ref.schema !== 'pg_catalog'),
    declares: [{ address: formatAddress('cast', parts), offset: 0, named: true }],
  };
}

export const kind: Kind = {
  name: 'cast',
  rank: 48,
  attributes: { method: 'exact', function: 'exact', context: 'exact' },
  heldIn: 'pg_catalog.pg_cast where oid >= 16384',
  query,
  schema: () => null,
  reference,
  create: (object) => [
    {
      sql: createSql(object),
      // A superuser alone may say that two types are stored alike.
      requires: textOf(object, 'method') === 'binary' ? SUPERUSER : [...ownsType(object), ...executes(object)],
      hazards:
        textOf(object, 'context') === 'explicit'
          ? []
          : [
              {
                code: 'implicit-cast',
                address: object.address,
                message: `values of ${object.parts[0]} become ${object.parts[1]} by themselves: queries may mean other functions and operators`,
                evenNew: true,
              },
            ],
      undo: { sql: [dropSql(object)] },
    },
  ],
  // There is no ALTER CAST.
  alter: () => 'replace',
  drop: (object) => [
    {
      sql: dropSql(object),
      requires: ownsType(object),
      hazards: [
        {
          code: 'drop-cast',
          address: object.address,
          message: `queries that cast ${object.parts[0]} to ${object.parts[1]} fail or mean another cast`,
        },
      ],
      undo: { sql: [createSql(object)] },
    },
  ],
  pin: () => ({ reason: 'no statement but DROP CAST and COMMENT ON CAST takes a lock on a cast' }),
  sql: [{ node: 'CreateCastStmt', read: declaration }],
  yaml,
};
