/**
 * What identifies a row in logical replication where it is not the primary key. An object of its own, since one by index can only be
 * said after the index is made, and pg_depend does not know of it.
 */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Alteration, Kind, Operation, ReadContext, SetChange } from '../kind.js';
import { quoteIdent } from '../quote.js';
import { isUserSchema, reference } from '../user-schema.js';
import { yaml } from './yaml.js';

/** Where the index is gone, the table still says "by index" and behaves as NOTHING: then `index` is null. */
function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_index'::regclass::oid as classid, c.oid as objid, 0 as objsubid,
  null::text[] as parts,
  ${reference('pg_class', 'c.oid')} as parent,
  case when i.indexrelid is not null then jsonb_build_array(${reference('pg_class', 'i.indexrelid')}) end as needs,
  jsonb_build_object(
    'table', pg_catalog.format('%I.%I', n.nspname, c.relname),
    'identity', case c.relreplident when 'f' then 'full' when 'n' then 'nothing' when 'i' then 'index' end,
    'index', (select x.relname from pg_catalog.pg_class x where x.oid = i.indexrelid)) as attributes
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisreplident
where c.relkind in ('r', 'p') and c.relpersistence <> 't' and c.relreplident <> 'd'
  and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'c.oid')}`;
}

function clause(object: SchemaObject): string {
  const index = textOf(object, 'index');
  if (textOf(object, 'identity') === 'full') return 'FULL';
  return index === null ? 'NOTHING' : `USING INDEX ${quoteIdent(index)}`;
}

function operation(object: SchemaObject, to: string, back: string): Operation {
  const table = `ALTER TABLE ONLY ${textOf(object, 'table')} REPLICA IDENTITY`;
  const code = 'logical-replication';
  const message = `subscribers of ${textOf(object, 'table')} find its updated and deleted rows by ${to === 'DEFAULT' ? 'the primary key' : to} from then on`;
  return {
    sql: `${table} ${to}`,
    lock: { mode: 'ACCESS EXCLUSIVE', address: object.parent ?? '' },
    hazards: [{ code, address: object.address, message }],
    undo: { sql: [`${table} ${back}`] },
  };
}

export const kind: Kind = {
  name: 'replica_identity',
  rank: 57,
  attributes: { table: 'unhashed', identity: 'exact', index: 'exact' },
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind in ('r', 'p') and relreplident <> 'd'`,
  query,
  reference: (object) => `REPLICA IDENTITY OF ${textOf(object, 'table')}`,
  create: (object, context) => {
    const [made] = [operation(object, clause(object), 'DEFAULT')];
    if (!context.isNew(object.parent ?? '')) return [made];
    const { hazards: _none, ...quiet } = made;
    return [quiet];
  },
  alter: ({ before, after }: SetChange): Alteration => ({ operations: [operation(after, clause(after), clause(before))] }),
  drop: (object) => [operation(object, 'DEFAULT', clause(object))],
  yaml,
};
