/** That a partition's index belongs to an index of the partitioned table; knows nothing of either index but its name. */
import { type Address, formatAddress } from '../../core/address.js';
import { DiagnosticError } from '../../core/diagnostic.js';
import type { SchemaObject } from '../../core/object.js';
import { child, inSchema, list, rangeVarRef, str } from '../ast.js';
import { textOf } from '../attribute-values.js';
import { catalogKey } from '../catalog-key.js';
import type {
  Alteration,
  Ast,
  Kind,
  Operation,
  OperationContext,
  ReadContext,
  SetChange,
  StatementContext,
  StatementMeaning,
} from '../kind.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteName } from '../quote.js';
import { isUserSchema } from '../user-schema.js';

/**
 * The parent is the index or, where a constraint owns it, the constraint. The row of pg_inherits stands for it, and the row of
 * pg_inherits for its table, which has to be a partition first, is needed.
 */
function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_inherits'::regclass::oid as classid, h.inhrelid as objid, 0 as objsubid,
  array[n.nspname, x.relname]::text[] as parts,
  case when c.oid is null then ${catalogKey('pg_class', 'x.oid')} else ${catalogKey('pg_constraint', 'c.oid')} end as parent,
  jsonb_build_array(${catalogKey('pg_class', 'p.oid')}, ${catalogKey('pg_inherits', 'i.indrelid')}) as needs,
  jsonb_build_object('parent', pg_catalog.format('%I.%I', pn.nspname, p.relname)) as attributes
from pg_catalog.pg_inherits h
join pg_catalog.pg_class x on x.oid = h.inhrelid and x.relkind in ('i', 'I')
join pg_catalog.pg_index i on i.indexrelid = x.oid
join pg_catalog.pg_namespace n on n.oid = x.relnamespace
join pg_catalog.pg_class p on p.oid = h.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
left join pg_catalog.pg_constraint c on c.conindid = x.oid and c.contype in ('p', 'u', 'x')
where ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'i.indrelid')}`;
}

function parentIndex(object: SchemaObject): string {
  return textOf(object, 'parent') ?? '';
}

/** The index of the partitioned table, or the constraint that owns it. */
function parentObject(object: SchemaObject, state: ReadonlyMap<string, SchemaObject>): Address | null {
  const [schema, index] = namePartsOf(parentIndex(object));
  const isIt = (parts: readonly string[]): boolean => parts.length === 3 && parts[0] === schema && parts[2] === index;
  return object.dependsOn.find((address) => address !== object.parent && isIt(state.get(address)?.parts ?? [])) ?? null;
}

/** It is called as the attached index is, and says what the other one is called. */
function calledAfter(
  object: SchemaObject,
  renamed: Parameters<NonNullable<Kind['calledAfter']>>[1],
): ReturnType<NonNullable<Kind['calledAfter']>> {
  const own = renamed.get(object.parent ?? '');
  const [schema = ''] = namePartsOf(parentIndex(object));
  const other = object.dependsOn
    .flatMap((address) => (address === object.parent ? [] : (renamed.get(address) ?? [])))
    .find(({ from }) => quoteName([schema, from]) === parentIndex(object));
  if (own === undefined && other === undefined) return null;
  const parent = other === undefined ? parentIndex(object) : quoteName([schema, other.to]);
  return { name: own?.to ?? object.parts.at(-1) ?? '', attributes: { ...object.attributes, parent } };
}

/** The table of the attached index: index and constraint alike have it in their names. */
function partitionOf(owner: SchemaObject | undefined): string | null {
  return owner === undefined ? null : formatAddress('partition', owner.parts.slice(0, 2));
}

function owner(object: SchemaObject, state: ReadonlyMap<string, SchemaObject>): SchemaObject | undefined {
  return object.parent === null ? undefined : state.get(object.parent);
}

/** Of several partitions one at a time is locked: nobody reads a table while one of its indexes is being attached. */
function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const of = owner(object, context.desired);
  const isUsed = context.online && of !== undefined && !context.isNew(formatAddress('table', of.parts.slice(0, 2)));
  // ATTACH PARTITION has found it by itself then, and DETACH takes it back.
  const comesWithTable = context.isNew(partitionOf(of) ?? '');
  const whole = parentObject(object, context.desired);
  return [
    {
      ...(isUsed ? { mode: 'own' as const } : {}),
      ...(whole !== null && object.parent !== null ? { undoneWith: { object: whole, takes: object.parent } } : {}),
      sql: `ALTER INDEX ${parentIndex(object)} ATTACH PARTITION ${quoteName(object.parts)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address: object.parent ?? object.address },
      undo: comesWithTable ? { sql: [] } : { reason: 'PostgreSQL cannot detach an index' },
    },
  ];
}

/** The parent under another name is the same parent; under another parent it would have to be detached first. */
function alter({ before, after }: SetChange, context: OperationContext): Alteration {
  const has = (state: ReadonlyMap<string, SchemaObject>, name: string): boolean => {
    const [schema, index] = namePartsOf(name);
    return [...state.values()].some((other) => other.parts.length === 3 && other.parts[0] === schema && other.parts[2] === index);
  };
  const renamed = !has(context.desired, parentIndex(before)) && !has(context.current, parentIndex(after));
  return renamed ? { operations: [] } : 'replace';
}

/** Detaching the partition detaches its indexes; nothing else does. */
function drop(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const partition = partitionOf(owner(object, context.current));
  if (partition !== null && context.isDropped(partition)) return [];
  const name = quoteName(object.parts);
  throw new DiagnosticError([
    {
      code: 'SC2401',
      severity: 'error',
      summary: `index ${name} cannot be taken off ${parentIndex(object)}`,
      detail: 'PostgreSQL cannot detach an index: it goes with the partitioned index, or when its table is detached',
      hint: `drop the partitioned index ${parentIndex(object)} too, or detach the partition`,
      address: object.address,
    },
  ]);
}

function readAttach(node: Ast, context: StatementContext): StatementMeaning {
  const parent = rangeVarRef(child(node, 'relation'));
  const command = list(node, 'cmds')[0];
  const definition = command ? child(command.node, 'def') : null;
  const name = definition ? child(definition, 'name') : null;
  const attached = rangeVarRef(name);
  return {
    provides: [],
    alters: [parent, attached],
    declares: [
      {
        address: formatAddress('index_attachment', inSchema(attached, context.creationSchema)),
        offset: context.offsetOf(name?.location as number | undefined),
        named: true,
      },
    ],
    // Attaching what is attached already is no error.
    repeatable: true,
  };
}

/**
 * Other partitions of the same table: an index of a partitioned table becomes valid when the last one that is there is attached, and
 * never by a DETACH or a DROP.
 */
function afterDrops(object: SchemaObject, { current, desired }: Pick<OperationContext, 'current' | 'desired'>): readonly Address[] {
  const partition = desired.get(partitionOf(owner(object, desired)) ?? '');
  if (partition === undefined) return [];
  return [...current.values()]
    .filter((other) => other.kind === partition.kind && textOf(other, 'parent') === textOf(partition, 'parent'))
    .map((other) => other.address);
}

export const kind: Kind = {
  name: 'index_attachment',
  rank: 56,
  attributes: { parent: 'exact' },
  heldIn: 'pg_catalog.pg_inherits',
  query,
  calledAfter,
  reference: (object) => `INDEX ${quoteName(object.parts)}`,
  create,
  afterDrops,
  alter,
  drop,
  sql: [
    {
      node: 'AlterTableStmt',
      applies: (node) =>
        str(node, 'objtype') === 'OBJECT_INDEX' &&
        list(node, 'cmds').some((command) => str(command.node, 'subtype') === 'AT_AttachPartition'),
      read: readAttach,
    },
  ],
};
