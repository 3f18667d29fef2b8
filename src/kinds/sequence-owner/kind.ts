/** Which column a sequence goes with (OWNED BY), an object of its own: the column's default needs the sequence, this needs the column. */
import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Kind, Operation, OperationContext } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { isUserSchema, reference } from '../user-schema.js';
import { yaml } from './yaml.js';

function ownedBy(object: SchemaObject, column: string | null): string {
  return `ALTER SEQUENCE ${quoteName(object.parts)} OWNED BY ${column ?? 'NONE'}`;
}

function change(object: SchemaObject, from: string | null, to: string | null): Operation {
  return {
    sql: ownedBy(object, to),
    lock: { mode: 'SHARE ROW EXCLUSIVE', address: object.parent ?? object.address },
    undo: { sql: [ownedBy(object, from)] },
  };
}

/**
 * The server wants one owner for the sequence and the table: what is there already has one, what is new that of the role that runs this.
 * A change of the table's owner comes after and takes the sequence along.
 */
function sameOwner(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const ownerOf = (address: Address | null): string | null => {
    if (address === null) return null;
    if (context.isNew(address)) return context.role;
    const owner = context.children(context.current, address, 'owner')[0];
    return owner === undefined ? null : textOf(owner, 'role');
  };
  const sequence = object.parent ?? '';
  const before = context.current.get(object.address);
  const wanted = ownerOf(tableOf(object, context.desired));
  const own = ownerOf(sequence) ?? (before === undefined ? null : ownerOf(tableOf(before, context.current)));
  if (wanted === null || own === null || wanted === own) return [];
  const sql = (role: string): string => `ALTER SEQUENCE ${quoteName(object.parts)} OWNER TO ${quoteIdent(role)}`;
  return [
    {
      sql: sql(wanted),
      requires: [
        { privilege: 'MEMBER', on: wanted },
        { privilege: 'CREATE', on: formatAddress('schema', object.parts.slice(0, 1)), role: wanted },
      ],
      lock: { mode: 'ACCESS EXCLUSIVE', address: sequence },
      undo: { sql: [sql(own)] },
    },
  ];
}

function tableOf(object: SchemaObject, state: State): Address | null {
  const columns = object.dependsOn.flatMap((address) => state.get(address) ?? []).filter(({ address }) => address !== object.parent);
  return columns.find(({ parent }) => parent !== null)?.parent ?? null;
}

export const kind: Kind = {
  name: 'sequence_owner',
  rank: 31,
  // ALTER COLUMN … TYPE leaves the ownership as it is.
  rebuilt: true,
  attributes: { column: 'exact' },
  // The catalog has it as an edge, not as a row: no column of a sequence has the number -1.
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind = 'S' and relpersistence <> 't'`,
  query: (read) => `
    select 'pg_class'::regclass::oid::int8 as classid, c.oid::int8 as objid, -1 as objsubid,
           array[n.nspname, c.relname]::text[] as parts,
           ${reference('pg_class', 'c.oid')} as parent,
           jsonb_build_array(${reference('pg_class', 'd.refobjid', 'd.refobjsubid')}) as needs,
           jsonb_build_object('column', format('%I.%I.%I', tn.nspname, t.relname, a.attname)) as attributes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
        and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype = 'a'
      join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
      join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
     where c.relkind = 'S' and c.relpersistence <> 't' and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'c.oid')}`,
  reference: (object) => `SEQUENCE ${quoteName(object.parts)}`,
  create: (object, context) => [...sameOwner(object, context), change(object, null, textOf(object, 'column'))],
  alter: ({ before, after }, context) => {
    // After a rename only the text differs.
    const isSame = after.dependsOn.every((address) => before.dependsOn.includes(address));
    if (isSame) return { operations: [] };
    const [from, to] = [textOf(before, 'column'), textOf(after, 'column')];
    const handed = sameOwner(after, context);
    // As long as it belongs to a column the server does not let it go to another role.
    return {
      operations: handed.length === 0 ? [change(after, from, to)] : [change(after, from, null), ...handed, change(after, null, to)],
    };
  },
  // Where the sequence goes, this goes too. Where only the column goes, the sequence must be freed before, or it would go along.
  drop: (object, context) =>
    object.parent !== null && context.isDropped(object.parent) ? [] : [change(object, textOf(object, 'column'), null)],
  yaml,
};
