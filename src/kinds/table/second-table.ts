/**
 * A table as it is desired, under another name for the time being: with its columns, keys, indexes, checks and foreign keys, and with the ties
 * of its partitions to it. Pure; knows no statement and no reason for it.
 */
import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { freeName, freeNameFor } from '../free-name.js';
import type { OperationContext } from '../kind.js';
import { quoteName } from '../quote.js';

export interface SecondTable {
  readonly table: SchemaObject;
  /** All that is made, the table included. */
  readonly objects: readonly SchemaObject[];
  /** The desired state with these objects in the place of those that they stand for. */
  readonly state: State;
  /** Addresses of what they stand for, but for the table. */
  readonly makes: readonly Address[];
  /** The sequences of its identities, which are made when the old ones are about to go, and so no part of `objects`; `state` has them. */
  readonly numbers: readonly SecondNumbers[];
  /** Indexes (those of keys too) that get their names when the old ones are gone; names are those of the schema. */
  readonly indexes: readonly Renaming[];
}

export interface Renaming {
  readonly from: string;
  readonly to: string;
}

export interface SecondNumbers {
  readonly sequence: SchemaObject;
  /** The column that it counts for, as desired. */
  readonly column: Address;
  readonly name: Renaming;
}

export function secondTable(table: SchemaObject, context: OperationContext): SecondTable {
  const { desired } = context;
  const states = [context.current, desired];
  const schema = table.parts[0] ?? '';
  const name = freeName(table, states);
  const built = new Map<Address, SchemaObject>();
  const indexes: Renaming[] = [];
  const add = (object: SchemaObject, last?: string): void => {
    const parts = [
      schema,
      name,
      ...object.parts.slice(2, -1),
      ...object.parts
        .slice(2)
        .slice(-1)
        .map((own) => last ?? own),
    ];
    built.set(object.address, { ...object, parts, address: formatAddress(object.kind, parts) });
  };
  add(table);
  for (const member of membersOf(table, desired, context)) {
    if (!holdsIndex(member)) {
      add(member);
      continue;
    }
    const to = member.parts.at(-1) ?? '';
    const from = freeNameFor(to, '_new', schema, states);
    indexes.push({ from, to });
    add(member, from);
  }
  for (const tie of tiesOf(table, desired, context)) built.set(tie.address, tie);
  // Row security would hide the rows from those who copy them, so it is switched on in the end.
  const plain = { row_security: false, force_row_security: false };
  const called = new Map([
    [quoteName(table.parts), quoteName([schema, name])],
    ...indexes.map(({ from, to }) => [quoteName([schema, to]), quoteName([schema, from])] as const),
  ]);
  const addressOf = (address: Address): Address => built.get(address)?.address ?? address;
  const objects = [...built.values()].map((object): SchemaObject => {
    const attributes = Object.fromEntries(
      Object.entries(object.attributes).map(([key, value]) => [key, NAMES.has(key) ? (called.get(String(value)) ?? value) : value]),
    );
    return {
      ...object,
      parent: object.parent === null ? null : addressOf(object.parent),
      dependsOn: object.dependsOn.map(addressOf),
      goesWith: object.goesWith.map(addressOf),
      attributes: object.kind === table.kind ? { ...attributes, ...plain } : attributes,
    };
  });
  const numbers = context.children(desired, table.address, 'column').flatMap(({ address: column }) =>
    context.children(desired, column, 'sequence').map((sequence): SecondNumbers => {
      const to = sequence.parts.at(-1) ?? '';
      const from = freeNameFor(to, '_new', schema, states);
      const [parts, on] = [[schema, from], [...sequence.dependsOn, ...sequence.goesWith].map(addressOf)];
      const address = formatAddress(sequence.kind, parts);
      return {
        sequence: { ...sequence, parts, address, parent: addressOf(column), dependsOn: on, goesWith: [addressOf(column)] },
        column,
        name: { from, to },
      };
    }),
  );
  const state = new Map(desired);
  for (const address of built.keys()) state.delete(address);
  for (const object of [...objects, ...numbers.map(({ sequence }) => sequence)]) state.set(object.address, object);
  const made = state.get(addressOf(table.address)) ?? table;
  return { table: made, objects, state, makes: [...built.keys()].filter((address) => address !== table.address), numbers, indexes };
}

/** Attributes that name a table or an index. */
const NAMES = new Set(['parent', 'references']);
const MEMBERS = new Set(['column', 'constraint', 'index']);

/** Columns with their defaults, constraints and indexes, without what numbers a column: that has to go on counting. */
export function membersOf(table: SchemaObject, state: State, context: OperationContext): readonly SchemaObject[] {
  return context
    .children(state, table.address)
    .filter(({ kind }) => MEMBERS.has(kind))
    .flatMap((member) => [member, ...(member.kind === 'column' ? context.children(state, member.address, 'default') : [])]);
}

const holdsIndex = (object: SchemaObject): boolean =>
  object.kind === 'index' || (object.kind === 'constraint' && ['primary', 'unique', 'exclusion'].includes(textOf(object, 'type') ?? ''));

/** Ties of the tables that are to be partitions of this one or of one of them: a row needs all the way down. */
export function partitionsOf(table: SchemaObject, state: State): readonly SchemaObject[] {
  const ties = new Map<string, SchemaObject[]>();
  for (const object of state.values()) {
    const parent = object.kind === 'partition' ? (textOf(object, 'parent') ?? '') : null;
    if (parent !== null) ties.set(parent, [...(ties.get(parent) ?? []), object]);
  }
  const below = (parent: string): readonly SchemaObject[] =>
    (ties.get(parent) ?? []).flatMap((tie) => [tie, ...below(quoteName(tie.parts))]);
  return below(quoteName(table.parts));
}

/** What says that tables and indexes are parts of this table and its indexes, or of such parts. */
function tiesOf(table: SchemaObject, state: State, context: OperationContext): readonly SchemaObject[] {
  const partitions = partitionsOf(table, state);
  const tables = [table.address, ...partitions.flatMap(({ parent }) => parent ?? [])];
  const indexes = new Set(
    tables.flatMap((each) =>
      context
        .children(state, each)
        .flatMap((member) => (holdsIndex(member) ? [quoteName([member.parts[0] ?? '', member.parts.at(-1) ?? ''])] : [])),
    ),
  );
  const attachments = [...state.values()].filter(
    ({ kind, attributes }) => kind === 'index_attachment' && indexes.has(String(attributes.parent)),
  );
  return [...partitions, ...attachments];
}

/** The partitions that the table has, with all that lives in them and ties them together: it goes with the table. */
export function withPartitions(table: SchemaObject, state: State, context: OperationContext): readonly SchemaObject[] {
  const inside = (address: Address): readonly SchemaObject[] =>
    context.children(state, address).flatMap((child) => [child, ...inside(child.address)]);
  const tables = partitionsOf(table, state).flatMap(({ parent }) => state.get(parent ?? '') ?? []);
  return [...tiesOf(table, state, context), ...tables.flatMap((each) => [each, ...inside(each.address)])];
}
