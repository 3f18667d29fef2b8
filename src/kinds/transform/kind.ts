/** Transforms: how values of a type go into functions of a language and come out of them. They have no name and no schema. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { child, flag, str, typeNameText } from '../ast.js';
import { textOf } from '../attribute-values.js';
import type { Kind, ReadContext, SetChange } from '../kind.js';
import { functionWithTypes } from '../operator-names.js';
import { quoteIdent } from '../quote.js';
import { executes, ownsType } from '../requirements.js';
import { yaml } from './yaml.js';

function query({ within }: ReadContext): string {
  return `
    select t.tableoid as classid, t.oid as objid, 0 as objsubid,
           array[pg_catalog.format_type(t.trftype, null), l.lanname]::text[] as parts,
           jsonb_build_object('from_sql', ${functionWithTypes('t.trffromsql::oid')}, 'to_sql', ${functionWithTypes('t.trftosql::oid')}) as attributes
      from pg_catalog.pg_transform t
      join pg_catalog.pg_language l on l.oid = t.trflang
     where ${within('pg_transform', 't.oid')}`;
}

const reference = (object: SchemaObject): string => `TRANSFORM FOR ${object.parts[0]} LANGUAGE ${quoteIdent(object.parts[1] ?? '')}`;

function createSql(object: SchemaObject, verb: string): string {
  const [from, to] = [textOf(object, 'from_sql'), textOf(object, 'to_sql')];
  const functions = [...(from === null ? [] : [`FROM SQL WITH FUNCTION ${from}`]), ...(to === null ? [] : [`TO SQL WITH FUNCTION ${to}`])];
  return `${verb} ${reference(object)} (${functions.join(', ')})`;
}

const replaceSql = (object: SchemaObject): string => createSql(object, 'CREATE OR REPLACE');

export const kind: Kind = {
  name: 'transform',
  rank: 47,
  attracts: ['function', 'procedure'],
  attributes: { from_sql: 'exact', to_sql: 'exact' },
  heldIn: 'pg_catalog.pg_transform',
  query,
  schema: () => null,
  reference,
  create: (object) => [
    {
      sql: createSql(object, 'CREATE'),
      requires: [...ownsType(object), ...executes(object)],
      undo: { sql: [`DROP ${reference(object)}`] },
    },
  ],
  alter: ({ before, after }: SetChange) => ({
    operations: [
      {
        sql: replaceSql(after),
        requires: [...ownsType(after), ...executes(after)],
        hazards: [
          {
            code: 'replace-transform',
            address: after.address,
            message: `functions in ${after.parts[1]} that take or return ${after.parts[0]} with this transform see other values`,
          },
        ],
        undo: { sql: [replaceSql(before)] },
      },
    ],
  }),
  drop: (object) => [{ sql: `DROP ${reference(object)}`, requires: ownsType(object), undo: { sql: [createSql(object, 'CREATE')] } }],
  pin: () => ({ reason: 'no statement but DROP TRANSFORM and COMMENT ON TRANSFORM takes a lock on a transform' }),
  sql: [
    {
      node: 'CreateTransformStmt',
      read(node, context) {
        const [type, language] = [typeNameText(child(node, 'type_name'), context.creationSchema), str(node, 'lang')];
        return {
          provides: [],
          alters: [{ space: 'other', schema: null, name: language }],
          declares: [{ address: formatAddress('transform', [type, language]), offset: 0, named: true }],
          repeatable: flag(node, 'replace'),
        };
      },
    },
  ],
  yaml,
};
