/** Which column a sequence goes with (OWNED BY), an object of its own: the column's default needs the sequence, this needs the column. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Kind, Operation } from '../kind.js';
import { quoteName } from '../quote.js';
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

export const kind: Kind = {
  name: 'sequence_owner',
  rank: 31,
  // ALTER COLUMN … TYPE leaves the ownership as it is.
  rebuilt: true,
  attributes: { column: 'exact' },
  // The catalog has it as an edge, not as a row: no column of a sequence has the number -1.
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
  create: (object) => [change(object, null, textOf(object, 'column'))],
  alter: ({ before, after }) => {
    // After a rename only the text differs.
    const isSame = after.dependsOn.every((address) => before.dependsOn.includes(address));
    return { operations: isSame ? [] : [change(after, textOf(before, 'column'), textOf(after, 'column'))] };
  },
  // Where the sequence goes, this goes too. Where only the column goes, the sequence must be freed before, or it would go along.
  drop: (object, context) =>
    object.parent !== null && context.isDropped(object.parent) ? [] : [change(object, textOf(object, 'column'), null)],
  yaml,
};
