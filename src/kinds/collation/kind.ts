/** Collations; the version of the library that sorts is no part of them. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { flag, inSchema, nameListRef, str } from '../ast.js';
import type { Kind, ReadContext } from '../kind.js';
import { schemaPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { isUserSchema } from '../user-schema.js';
import { alter, create, createSql } from './operations.js';
import { yaml } from './yaml.js';

/** Where the name of an ICU (or, from 17 on, built-in) locale is: PostgreSQL moved it twice. */
function localeOf({ major }: ReadContext): string {
  if (major >= 17) return 'c.colllocale';
  return major >= 15 ? 'c.colliculocale' : `case when c.collprovider = 'i' then c.collcollate end`;
}

/** Of collations that share a name only the one for the database's encoding can be seen. */
function query(read: ReadContext): string {
  const ofLibrary = (column: string): string => `case when c.collprovider = 'c' then c.${column} end`;
  return `
    select 'pg_catalog.pg_collation'::regclass::oid as classid, c.oid as objid, 0 as objsubid,
           array[n.nspname, c.collname]::text[] as parts,
           jsonb_build_object(
             'provider', case c.collprovider when 'i' then 'icu' when 'c' then 'libc' when 'b' then 'builtin' else 'default' end,
             'locale', ${localeOf(read)},
             'lc_collate', ${ofLibrary('collcollate')},
             'lc_ctype', ${ofLibrary('collctype')},
             'deterministic', c.collisdeterministic,
             'rules', ${read.major >= 16 ? 'c.collicurules' : 'null::text'}) as attributes
      from pg_catalog.pg_collation c join pg_catalog.pg_namespace n on n.oid = c.collnamespace
     where c.collencoding in (-1, pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))
       and ${isUserSchema('n.nspname')} and ${read.within('pg_collation', 'c.oid')}`;
}

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

function hazard(object: SchemaObject, code: string): { readonly code: string; readonly address: string; readonly message: string } {
  return { code, address: object.address, message: `queries that name the collation ${nameOf(object)} fail` };
}

export const kind: Kind = {
  name: 'collation',
  rank: 18,
  attributes: { provider: 'exact', locale: 'exact', lc_collate: 'exact', lc_ctype: 'exact', deterministic: 'exact', rules: 'exact' },
  heldIn: 'pg_catalog.pg_collation where oid >= 16384',
  query,
  reference: (object) => `COLLATION ${nameOf(object)}`,
  create,
  alter,
  drop: (object) => [
    { sql: `DROP COLLATION ${nameOf(object)}`, hazards: [hazard(object, 'drop-collation')], undo: { sql: [createSql(object)] } },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER COLLATION ${nameOf(object)} RENAME TO ${quoteIdent(to)}`,
      hazards: [hazard(object, 'rename-collation')],
      undo: {
        sql: [`ALTER COLLATION ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteIdent(object.parts.at(-1) ?? '')}`],
      },
    },
  ],
  pin: (object) => schemaPin(object, `COLLATION ${nameOf(object)}`),
  sql: [
    {
      node: 'DefineStmt',
      applies: (node) => str(node, 'kind') === 'OBJECT_COLLATION',
      read(node, context) {
        const [schema, name] = inSchema(nameListRef(node, 'defnames', 'collation'), context.creationSchema);
        return {
          provides: [{ space: 'collation', schema, name }],
          declares: [{ address: formatAddress('collation', [schema, name]), offset: context.offsetOf(undefined), named: true }],
          repeatable: flag(node, 'if_not_exists'),
        };
      },
    },
  ],
  yaml,
};
