/** Conversions between character encodings. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { inSchema, nameListRef } from '../ast.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Kind, ReadContext } from '../kind.js';
import { schemaPin } from '../pins.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { executes } from '../requirements.js';
import { procName } from '../routine-catalog.js';
import { isUserSchema } from '../user-schema.js';
import { yaml } from './yaml.js';

function query({ within }: ReadContext): string {
  return `
    select c.tableoid as classid, c.oid as objid, 0 as objsubid, array[n.nspname, c.conname]::text[] as parts,
           jsonb_build_object(
             'source', pg_catalog.pg_encoding_to_char(c.conforencoding), 'target', pg_catalog.pg_encoding_to_char(c.contoencoding),
             'function', ${procName('c.conproc')}, 'default', c.condefault) as attributes
      from pg_catalog.pg_conversion c
      join pg_catalog.pg_namespace n on n.oid = c.connamespace
     where ${isUserSchema('n.nspname')} and ${within('pg_conversion', 'c.oid')}`;
}

const nameOf = (object: SchemaObject): string => quoteName(object.parts);
const dropSql = (object: SchemaObject): string => `DROP CONVERSION ${nameOf(object)}`;

function createSql(object: SchemaObject): string {
  const [source, target] = [textOf(object, 'source') ?? '', textOf(object, 'target') ?? ''].map(quoteLiteral);
  const word = flagOf(object, 'default') ? 'DEFAULT CONVERSION' : 'CONVERSION';
  return `CREATE ${word} ${nameOf(object)} FOR ${source} TO ${target} FROM ${textOf(object, 'function')}`;
}

/** A schema has one default conversion for two encodings. */
function namespace(object: SchemaObject): readonly string[] {
  const name = `conversion ${nameOf(object)}`;
  if (!flagOf(object, 'default')) return [name];
  return [name, `default conversion ${quoteName(object.parts.slice(0, 1))} ${textOf(object, 'source')} ${textOf(object, 'target')}`];
}

export const kind: Kind = {
  name: 'conversion',
  rank: 46,
  attributes: { source: 'exact', target: 'exact', function: 'exact', default: 'exact' },
  heldIn: 'pg_catalog.pg_conversion where oid >= 16384',
  query,
  namespace,
  reference: (object) => `CONVERSION ${nameOf(object)}`,
  create: (object) => [{ sql: createSql(object), requires: executes(object), undo: { sql: [dropSql(object)] } }],
  // ALTER CONVERSION changes the name, the schema and the owner only.
  alter: () => 'replace',
  drop: (object) => [
    {
      sql: dropSql(object),
      hazards: [
        {
          code: 'drop-conversion',
          address: object.address,
          message: `text in ${textOf(object, 'source')} is no longer converted to ${textOf(object, 'target')} by ${nameOf(object)}`,
        },
      ],
      undo: { sql: [createSql(object)] },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER CONVERSION ${nameOf(object)} RENAME TO ${quoteIdent(to)}`,
      undo: { sql: [`ALTER CONVERSION ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteName(object.parts.slice(-1))}`] },
    },
  ],
  pin: (object) => schemaPin(object, `CONVERSION ${nameOf(object)}`),
  sql: [
    {
      node: 'CreateConversionStmt',
      read(node, context) {
        const parts = inSchema(nameListRef(node, 'conversion_name', 'other'), context.creationSchema);
        return {
          provides: [{ space: 'other', schema: parts[0], name: parts[1] }],
          alters: [],
          declares: [{ address: formatAddress('conversion', parts), offset: 0, named: true }],
        };
      },
    },
  ],
  yaml,
};
