/** Defaults of table columns; knows nothing of generated and identity columns. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Alteration, Kind, Operation, ReadContext, SetChange } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { isUserSchema, reference } from '../user-schema.js';
import { yaml } from './yaml.js';

function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_attrdef'::regclass::oid as classid, d.oid as objid, 0 as objsubid,
  array[n.nspname, c.relname, a.attname]::text[] as parts,
  ${reference('pg_class', 'a.attrelid', 'a.attnum')} as parent,
  jsonb_build_object('expression', pg_catalog.pg_get_expr(d.adbin, d.adrelid)) as attributes
from pg_catalog.pg_attrdef d
join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
join pg_catalog.pg_class c on c.oid = d.adrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and c.relpersistence <> 't' and a.attgenerated = '' and not a.attisdropped
  and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'c.oid')}`;
}

/** ONLY: the defaults of partitions and children are objects of their own. */
function statement(object: SchemaObject, action: string): string {
  return `ALTER TABLE ONLY ${quoteName(object.parts.slice(0, 2))} ALTER COLUMN ${quoteIdent(object.parts[2] ?? '')} ${action}`;
}

const set = (object: SchemaObject): string => statement(object, `SET DEFAULT ${textOf(object, 'expression')}`);

function operation(object: SchemaObject, sql: string, undo: string): Operation {
  const lock = { mode: 'ACCESS EXCLUSIVE', address: formatAddress('table', object.parts.slice(0, 2)) } as const;
  return { sql, lock, undo: { sql: [undo] } };
}

export const kind: Kind = {
  name: 'default',
  rank: 52,
  attributes: { expression: 'text' },
  rebuilt: true,
  heldIn: 'pg_catalog.pg_attrdef',
  query,
  reference: (object) => `DEFAULT ${quoteName(object.parts)}`,
  create: (object) => [operation(object, set(object), statement(object, 'DROP DEFAULT'))],
  inline: (object) => `DEFAULT ${textOf(object, 'expression')}`,
  alter: ({ before, after }: SetChange): Alteration => ({ operations: [operation(after, set(after), set(before))] }),
  drop: (object) => [operation(object, statement(object, 'DROP DEFAULT'), set(object))],
  yaml,
};
