/** Partitions: that a table is attached to a partitioned one, with which bound. The table itself is another object, made on its own. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { boundCheck } from '../bound-check.js';
import { freeNameFor } from '../free-name.js';
import type { Alteration, Kind, Operation, OperationContext, ReadContext, SetChange } from '../kind.js';
import { partitionParent, tableMembers } from '../lineage.js';
import { quoteIdent, quoteName } from '../quote.js';
import { rowsWhere } from '../rows-in-the-way.js';
import { markDetaching } from '../seed-catalog.js';
import { isUserSchema, reference } from '../user-schema.js';
import { attach, detach, drop, ownsParent } from './detach.js';
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

function create(partition: SchemaObject, context: OperationContext): readonly Operation[] {
  const isEmpty = context.isNew(childOf(partition));
  const parent = partitionParent(context.desired, childOf(partition));
  const others = parent === null || context.isNew(parent);
  const lock = { mode: 'ACCESS EXCLUSIVE', address: childOf(partition) } as const;
  const bound = isEmpty || !context.online ? null : boundCheck(partition, context.desired);
  const rows = `the rows of ${quoteName(partition.parts)}, and those of a DEFAULT partition, are read while nobody can read or write them`;
  const message =
    isEmpty || bound !== null ? `a DEFAULT partition of ${textOf(partition, 'parent')} is read while nobody can read or write it` : rows;
  const { before, after } = bound === null ? { before: [], after: [] } : provenBound(partition, bound, context);
  return [
    ...missingChecks(partition, context),
    ...before,
    {
      sql: attach(partition),
      requires: ownsParent(partition),
      lock,
      ...(isEmpty && others ? {} : { hazards: [{ code: 'attach-partition', address: partition.address, message }], dependsOnData: true }),
      undo: { sql: [detach(partition)] },
    },
    ...after,
  ];
}

interface ProvenBound {
  readonly before: readonly Operation[];
  readonly after: readonly Operation[];
}

/** A check of the bound, valid before ATTACH asks for it, and gone after: then no row is read under a lock that keeps others out. */
function provenBound(partition: SchemaObject, bound: string, context: OperationContext): ProvenBound {
  const states = [context.current, context.desired];
  const name = quoteIdent(freeNameFor(partition.parts.at(-1) ?? '', '_bound', partition.parts[0] ?? '', states));
  const table = quoteName(partition.parts);
  const remove = `ALTER TABLE ${table} DROP CONSTRAINT ${name}`;
  const gone: Operation = {
    sql: remove,
    lock: { mode: 'ACCESS EXCLUSIVE', address: childOf(partition) },
    undo: { sql: [`ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${bound})`] },
  };
  return { before: addCheck(partition, name, bound, context), after: [gone] };
}

/** Online, on a table that is in use, added first and validated later. `name` is quoted. */
function addCheck(partition: SchemaObject, name: string, expression: string, context: OperationContext): readonly Operation[] {
  const [table, address] = [quoteName(partition.parts), childOf(partition)];
  const add = `ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${expression})`;
  const remove = `ALTER TABLE ${table} DROP CONSTRAINT ${name}`;
  const lock = { mode: 'ACCESS EXCLUSIVE', address } as const;
  if (!context.online || context.isNew(address)) return [{ sql: add, lock, dependsOnData: true, undo: { sql: [remove] } }];
  const later = `${add} NOT VALID`;
  return [
    { sql: later, lock, undo: { sql: [remove] } },
    {
      sql: `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`,
      mode: 'own',
      lock: { mode: 'SHARE UPDATE EXCLUSIVE', address },
      dependsOnData: true,
      checks: [rowsWhere({ table: address, name: table }, `NOT (${expression})`, `of ${table} break CHECK (${expression})`, context)],
      undo: { sql: [remove, later] },
    },
  ];
}

/** ATTACH wants every check of the parents on the child; those that a partition only inherits are no objects of their own. */
function missingChecks(partition: SchemaObject, context: OperationContext): readonly Operation[] {
  const child = childOf(partition);
  const names = (state: State): readonly string[] => context.children(state, child, 'constraint').map((each) => each.parts.at(-1) ?? '');
  const present = new Set([...names(context.desired), ...names(context.current)]);
  const operations: Operation[] = [];
  for (let at = partitionParent(context.desired, child); at !== null; at = partitionParent(context.desired, at)) {
    for (const check of context.children(context.desired, at, 'constraint')) {
      const name = check.parts.at(-1) ?? '';
      if (textOf(check, 'type') !== 'check' || flagOf(check, 'no_inherit') || present.has(name)) continue;
      present.add(name);
      operations.push(...addCheck(partition, quoteIdent(name), textOf(check, 'expression') ?? '', context));
    }
  }
  return operations;
}

/** A parent that was renamed is the same parent under another name. */
function alter({ before, after, changed }: SetChange): Alteration {
  const others = (partition: SchemaObject): readonly Address[] => partition.dependsOn.filter((address) => address !== childOf(partition));
  const sameParent = others(before).join() === others(after).join();
  return sameParent && changed.size === 1 && changed.has('parent') ? { operations: [] } : 'replace';
}

/** The child's columns, indexes and constraints, and the parent's: ATTACH matches them instead of making its own. */
function after(partition: SchemaObject, state: State): readonly Address[] {
  const parent = partitionParent(state, childOf(partition));
  return [...tableMembers(state, childOf(partition)), ...(parent === null ? [] : tableMembers(state, parent))];
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
