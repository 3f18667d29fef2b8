/** Partitions: that a table is attached to a partitioned one, with which bound. The table itself is another object, made on its own. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { lineOf, siblingsOf } from '../bound-check.js';
import type { Alteration, Kind, OperationContext, ReadContext, SetChange } from '../kind.js';
import { partitionParent, tableMembers } from '../lineage.js';
import { quoteName } from '../quote.js';
import { markDetaching } from '../seed-catalog.js';
import { isUserSchema, reference } from '../user-schema.js';
import { create } from './attach.js';
import { drop } from './detach.js';
import { yaml } from './yaml.js';

/** pg_inherits has no oids; the child's stands in, which is unique for partitions. A pending detach is half done and shown as such. */
function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_inherits'::regclass::oid as classid, c.oid as objid, 0 as objsubid,
  array[n.nspname, c.relname]::text[] as parts,
  ${reference('pg_class', 'c.oid')} as parent,
  jsonb_build_array(${reference('pg_class', 'i.inhparent')}) as needs,
  jsonb_build_object(
    'parent', pg_catalog.format('%I.%I', pn.nspname, p.relname),
    'bound', pg_catalog.pg_get_expr(c.relpartbound, c.oid),
    'detach_pending', i.inhdetachpending) as attributes
from pg_catalog.pg_inherits i
join pg_catalog.pg_class c on c.oid = i.inhrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class p on p.oid = i.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
where c.relispartition and c.relkind in ('r', 'p') and c.relpersistence <> 't'
  and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'c.oid')}`;
}

const childOf = (partition: SchemaObject): Address => partition.parent ?? '';

/** A parent that was renamed is the same parent under another name. */
function alter({ before, after, changed }: SetChange): Alteration {
  const others = (partition: SchemaObject): readonly Address[] => partition.dependsOn.filter((address) => address !== childOf(partition));
  const sameParent = others(before).join() === others(after).join();
  return sameParent && changed.size === 1 && changed.has('parent') ? { operations: [] } : 'replace';
}

/**
 * The child's columns, indexes and constraints, and the parent's: ATTACH matches them instead of making its own. A DEFAULT partition is the last
 * one, so that it is not read again for each of the others. The partitions that it lies in come before: while they have a check for their own sake
 * (and a DEFAULT one for its neighbours'), nothing can be attached to them that has not.
 */
function after(partition: SchemaObject, state: State): readonly Address[] {
  const parent = partitionParent(state, childOf(partition));
  const line = lineOf(partition, state);
  const defaults = line.filter((each) => textOf(each, 'bound') === 'DEFAULT');
  return [
    ...tableMembers(state, childOf(partition)),
    ...(parent === null ? [] : tableMembers(state, parent)),
    ...[...line.slice(1), ...defaults.flatMap((each) => siblingsOf(each, state))].map(({ address }) => address),
  ];
}

/**
 * Columns and checks that the parent loses: ATTACH wants them on the child as long as they are there. Foreign keys that the child loses: they
 * may have the names of the copies that it gets.
 */
function afterDrops(partition: SchemaObject, { current, desired }: Pick<OperationContext, 'current' | 'desired'>): readonly Address[] {
  const parent = partitionParent(desired, childOf(partition));
  const isForeign = (address: Address): boolean => {
    const member = current.get(address);
    return member?.kind === 'constraint' && textOf(member, 'type') === 'foreign';
  };
  return [
    ...tableMembers(current, childOf(partition)).filter((address) => isForeign(address) && !desired.has(address)),
    ...(parent === null ? [] : tableMembers(current, parent)).filter((address) => {
      const member = current.get(address);
      return member?.kind === 'column' || (member?.kind === 'constraint' && textOf(member, 'type') === 'check');
    }),
  ];
}

export const kind: Kind = {
  name: 'partition',
  rank: 53,
  attributes: { parent: 'exact', bound: 'text', detach_pending: 'exact' },
  rebuilt: true,
  heldIn: 'pg_catalog.pg_inherits',
  query,
  reference: (partition) => `TABLE ${quoteName(partition.parts)}`,
  create,
  alter,
  drop,
  leavesRetired: (partition, along) => partition.dependsOn.some((address) => address.startsWith('table:') && !along.has(address)),
  after,
  afterDrops,
  // As an interrupted DETACH … CONCURRENTLY leaves it, for FINALIZE to finish.
  seeding: { overlay: (partition) => (flagOf(partition, 'detach_pending') ? [markDetaching(partition.parts)] : []) },
  yaml,
};
