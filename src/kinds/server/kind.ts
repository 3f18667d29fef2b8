/** Foreign servers: where the foreign data of a wrapper is. Who connects as whom is another object. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { flag, str } from '../ast.js';
import { optionsOf, textOf } from '../attribute-values.js';
import { foreignOptions, optionsChange, optionsClause } from '../foreign-options.js';
import type { Alteration, Ast, Kind, NameRef, ReadContext, SetChange } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { yaml } from './yaml.js';

function query({ within }: ReadContext): string {
  return `
    select s.tableoid as classid, s.oid as objid, 0 as objsubid, array[s.srvname]::text[] as parts,
           jsonb_build_object('wrapper', w.fdwname, 'type', s.srvtype, 'version', s.srvversion,
             'options', ${foreignOptions('s.srvoptions')}) as attributes
      from pg_catalog.pg_foreign_server s
      join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw
     where ${within('pg_foreign_server', 's.oid')}`;
}

const reference = (object: SchemaObject): string => `SERVER ${quoteName(object.parts)}`;

/** Also where it is an extension's, and no object. */
const wrapperOf = (object: SchemaObject): string => formatAddress('foreign_data_wrapper', [textOf(object, 'wrapper') ?? '']);

function createSql(object: SchemaObject): string {
  const given = (word: string, attribute: string): readonly string[] => {
    const value = textOf(object, attribute);
    return value === null ? [] : [`${word} ${quoteLiteral(value)}`];
  };
  const wrapper = `FOREIGN DATA WRAPPER ${quoteIdent(textOf(object, 'wrapper') ?? '')}${optionsClause(optionsOf(object))}`;
  return [`CREATE ${reference(object)}`, ...given('TYPE', 'type'), ...given('VERSION', 'version'), wrapper].join(' ');
}

function alterSql(before: SchemaObject, after: SchemaObject): string {
  const version = textOf(after, 'version');
  const options = optionsChange(optionsOf(before), optionsOf(after));
  return [
    `ALTER ${reference(after)}`,
    ...(textOf(before, 'version') === version ? [] : [`VERSION ${version === null ? 'NULL' : quoteLiteral(version)}`]),
    ...(options === null ? [] : [options]),
  ].join(' ');
}

function alter({ before, after, changed }: SetChange): Alteration {
  if (changed.has('wrapper') || changed.has('type')) return 'replace';
  const message = `foreign tables of ${quoteName(after.parts)} may be read from another place`;
  return {
    operations: [
      {
        sql: alterSql(before, after),
        hazards: [{ code: 'alter-server', address: after.address, message }],
        undo: { sql: [alterSql(after, before)] },
      },
    ],
  };
}

const other = (name: string): NameRef => ({ space: 'other', schema: null, name });
const addressOf = (node: Ast): string => formatAddress('server', [str(node, 'servername')]);

export const kind: Kind = {
  name: 'server',
  rank: 35,
  attributes: { wrapper: 'exact', type: 'exact', version: 'exact', options: 'exact' },
  heldIn: 'pg_catalog.pg_foreign_server',
  query,
  schema: () => null,
  namespace: reference,
  reference,
  grantReference: (object) => `FOREIGN ${reference(object)}`,
  create: (object) => [
    { sql: createSql(object), requires: [{ privilege: 'USAGE', on: wrapperOf(object) }], undo: { sql: [`DROP ${reference(object)}`] } },
  ],
  alter,
  drop: (object) => [{ sql: `DROP ${reference(object)}`, undo: { sql: [createSql(object)] } }],
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      undo: { sql: [`ALTER SERVER ${quoteIdent(to)} RENAME TO ${quoteName(object.parts)}`] },
    },
  ],
  pin: (object) => privilegesPin(`FOREIGN ${reference(object)}`),
  sql: [
    {
      node: 'CreateForeignServerStmt',
      read: (node) => ({
        provides: [other(str(node, 'servername'))],
        alters: [other(str(node, 'fdwname'))],
        declares: [{ address: addressOf(node), offset: 0, named: true }],
        repeatable: flag(node, 'if_not_exists'),
      }),
    },
    {
      node: 'AlterForeignServerStmt',
      read: (node) => ({
        provides: [],
        alters: [other(str(node, 'servername'))],
        declares: [{ address: addressOf(node), offset: 0, named: false }],
      }),
    },
  ],
  yaml,
};
