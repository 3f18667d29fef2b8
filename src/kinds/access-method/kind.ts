/** Access methods of tables and indexes, each with the function that is its handler. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { str } from '../ast.js';
import { textOf } from '../attribute-values.js';
import type { Kind, ReadContext } from '../kind.js';
import { catalogRowPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { procName } from '../routine-catalog.js';
import { yaml } from './yaml.js';

/** What initdb makes has an oid below 16384. */
function query({ within }: ReadContext): string {
  return `
    select m.tableoid as classid, m.oid as objid, 0 as objsubid, array[m.amname]::text[] as parts,
           jsonb_build_object('type', case m.amtype when 't' then 'table' else 'index' end,
             'handler', ${procName('m.amhandler::oid')}) as attributes
      from pg_catalog.pg_am m
     where m.oid >= 16384 and ${within('pg_am', 'm.oid')}`;
}

const reference = (object: SchemaObject): string => `ACCESS METHOD ${quoteName(object.parts)}`;
const createSql = (object: SchemaObject): string =>
  `CREATE ${reference(object)} TYPE ${(textOf(object, 'type') ?? '').toUpperCase()} HANDLER ${textOf(object, 'handler')}`;

export const kind: Kind = {
  name: 'access_method',
  rank: 17,
  attributes: { type: 'exact', handler: 'exact' },
  heldIn: 'pg_catalog.pg_am where oid >= 16384',
  query,
  schema: () => null,
  namespace: (object) => reference(object),
  reference,
  create: (object) => [{ sql: createSql(object), requires: SUPERUSER, undo: { sql: [`DROP ${reference(object)}`] } }],
  // There is no ALTER ACCESS METHOD.
  alter: () => 'replace',
  drop: (object) => [{ sql: `DROP ${reference(object)}`, requires: SUPERUSER, undo: { sql: [createSql(object)] } }],
  pin: (object) => catalogRowPin('pg_am', 'amname', object.parts[0] ?? ''),
  sql: [
    {
      node: 'CreateAmStmt',
      read(node) {
        const name = str(node, 'amname');
        return {
          provides: [{ space: 'other', schema: null, name }],
          declares: [{ address: formatAddress('access_method', [name]), offset: 0, named: true }],
        };
      },
    },
  ],
  yaml,
};
