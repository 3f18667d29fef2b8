/** Foreign-data wrappers that are no extension's: the functions that reach foreign data and check options. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { str } from '../ast.js';
import { optionsOf, textOf } from '../attribute-values.js';
import { foreignOptions, optionsChange, optionsClause } from '../foreign-options.js';
import type { Alteration, Ast, Kind, ReadContext, SetChange } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { procName } from '../routine-catalog.js';
import { yaml } from './yaml.js';

function query({ within }: ReadContext): string {
  return `
    select w.tableoid as classid, w.oid as objid, 0 as objsubid, array[w.fdwname]::text[] as parts,
           jsonb_build_object('handler', ${procName('w.fdwhandler')}, 'validator', ${procName('w.fdwvalidator')},
             'options', ${foreignOptions('w.fdwoptions')}) as attributes
      from pg_catalog.pg_foreign_data_wrapper w
     where ${within('pg_foreign_data_wrapper', 'w.oid')}`;
}

const reference = (object: SchemaObject): string => `FOREIGN DATA WRAPPER ${quoteName(object.parts)}`;

function functionClause(object: SchemaObject, attribute: 'handler' | 'validator'): string {
  const name = textOf(object, attribute);
  return name === null ? `NO ${attribute.toUpperCase()}` : `${attribute.toUpperCase()} ${name}`;
}

function createSql(object: SchemaObject): string {
  return `CREATE ${reference(object)} ${functionClause(object, 'handler')} ${functionClause(object, 'validator')}${optionsClause(optionsOf(object))}`;
}

function alterSql(before: SchemaObject, after: SchemaObject): string {
  const functions = (['handler', 'validator'] as const).filter((name) => textOf(before, name) !== textOf(after, name));
  const options = optionsChange(optionsOf(before), optionsOf(after));
  return [
    `ALTER ${reference(after)}`,
    ...functions.map((name) => functionClause(after, name)),
    ...(options === null ? [] : [options]),
  ].join(' ');
}

function alter({ before, after }: SetChange): Alteration {
  const message = `servers and foreign tables of ${quoteName(after.parts)} are reached in another way`;
  return {
    operations: [
      {
        sql: alterSql(before, after),
        requires: SUPERUSER,
        hazards: [{ code: 'alter-foreign-data-wrapper', address: after.address, message }],
        undo: { sql: [alterSql(after, before)] },
      },
    ],
  };
}

const named = (node: Ast) => ({ space: 'other', schema: null, name: str(node, 'fdwname') }) as const;
const addressOf = (node: Ast): string => formatAddress('foreign_data_wrapper', [str(node, 'fdwname')]);

export const kind: Kind = {
  name: 'foreign_data_wrapper',
  rank: 34,
  attributes: { handler: 'exact', validator: 'exact', options: 'exact' },
  heldIn: 'pg_catalog.pg_foreign_data_wrapper',
  query,
  schema: () => null,
  namespace: reference,
  reference,
  grantReference: reference,
  create: (object) => [{ sql: createSql(object), requires: SUPERUSER, undo: { sql: [`DROP ${reference(object)}`] } }],
  alter,
  drop: (object) => [{ sql: `DROP ${reference(object)}`, undo: { sql: [createSql(object)] } }],
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      undo: { sql: [`ALTER FOREIGN DATA WRAPPER ${quoteIdent(to)} RENAME TO ${quoteName(object.parts)}`] },
    },
  ],
  pin: (object) => privilegesPin(reference(object)),
  sql: [
    {
      node: 'CreateFdwStmt',
      read: (node) => ({ provides: [named(node)], declares: [{ address: addressOf(node), offset: 0, named: true }] }),
    },
    {
      node: 'AlterFdwStmt',
      read: (node) => ({ provides: [], alters: [named(node)], declares: [{ address: addressOf(node), offset: 0, named: false }] }),
    },
  ],
  yaml,
};
