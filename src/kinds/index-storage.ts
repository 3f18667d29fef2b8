/** What can be changed on an index in place, whether a constraint owns it or not; knows no kind. */
import { type Json, sameJson } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { flagOf, optionsOf, recordOf, textOf, textsOf } from './attribute-values.js';
import { extensionClauses } from './extension-dependence.js';
import type { Operation, OperationContext, SetChange } from './kind.js';
import { quoteIdent, quoteName } from './quote.js';
import { optionClauses } from './relation-options.js';

/** Attributes of an index that `alterIndex` changes. */
export const STORAGE: ReadonlySet<string> = new Set(['options', 'tablespace', 'statistics', 'clustered', 'depends_on_extensions']);

/** The index's own name: a constraint's index has the constraint's. */
function nameOf(object: SchemaObject): string {
  return quoteName([object.parts[0] ?? '', object.parts[2] ?? '']);
}

/** Statements for those of `changed` that are in STORAGE. */
export function alterIndex(change: SetChange, context: OperationContext): readonly Operation[] {
  const { before, after, changed } = change;
  return [
    ...(changed.has('options') ? alterOptions(before, after) : []),
    ...(changed.has('tablespace') ? [setTablespace(after, textOf(before, 'tablespace'))] : []),
    ...(changed.has('statistics') ? alterStatistics(before, after) : []),
    ...(changed.has('clustered') ? alterClustered(after, context) : []),
    ...(changed.has('depends_on_extensions') ? dependOnExtensions(after, textsOf(before, 'depends_on_extensions')) : []),
  ];
}

/** Statements for what CREATE INDEX and ADD CONSTRAINT cannot say. */
export function finishIndex(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const statistics = Object.entries(recordOf(object, 'statistics'));
  return [
    ...statistics.map(([position, target]) => setStatistics(object, position, target, -1)),
    ...(flagOf(object, 'clustered') ? [clusterOn(object, context)] : []),
    ...dependOnExtensions(object, []),
  ];
}

function dependOnExtensions(object: SchemaObject, before: readonly string[]): readonly Operation[] {
  const after = textsOf(object, 'depends_on_extensions');
  const statements = (from: readonly string[], to: readonly string[]): readonly string[] =>
    extensionClauses(from, to).map((clause) => `ALTER INDEX ${nameOf(object)} ${clause}`);
  const undo = statements(after, before);
  return statements(before, after).map((sql, place) => ({
    sql,
    lock: { mode: 'ACCESS EXCLUSIVE', address: object.address },
    undo: { sql: undo.slice(place, place + 1) },
  }));
}

function alterOptions(before: SchemaObject, after: SchemaObject): readonly Operation[] {
  const statements = (from: SchemaObject, to: SchemaObject): readonly string[] =>
    optionClauses(optionsOf(from), optionsOf(to)).map((clause) => `ALTER INDEX ${nameOf(after)} ${clause}`);
  const undo = statements(after, before);
  return statements(before, after).map((sql, place) => ({
    sql,
    lock: { mode: 'SHARE UPDATE EXCLUSIVE' as const, address: after.address },
    // SET and RESET are undone together, with the first of them.
    undo: { sql: place === 0 ? undo : [] },
  }));
}

/** No tablespace of its own means the database's, which has no other name here than pg_default. */
function setTablespace(after: SchemaObject, old: string | null): Operation {
  const move = (name: string | null): string => `ALTER INDEX ${nameOf(after)} SET TABLESPACE ${quoteIdent(name ?? 'pg_default')}`;
  return {
    sql: move(textOf(after, 'tablespace')),
    lock: { mode: 'ACCESS EXCLUSIVE', address: after.address },
    hazards: [
      {
        code: 'set-tablespace',
        address: after.address,
        message: `${nameOf(after)} is copied to another tablespace; queries that use it wait`,
      },
    ],
    undo: { sql: [move(old)] },
  };
}

function alterStatistics(before: SchemaObject, after: SchemaObject): readonly Operation[] {
  const old = recordOf(before, 'statistics');
  const wanted = recordOf(after, 'statistics');
  const positions = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort((a, b) => Number(a) - Number(b));
  return positions
    .filter((position) => !sameJson(old[position] ?? -1, wanted[position] ?? -1))
    .map((position) => setStatistics(after, position, wanted[position] ?? -1, old[position] ?? -1));
}

function setStatistics(object: SchemaObject, position: string, target: Json, old: Json): Operation {
  const set = (value: Json): string => `ALTER INDEX ${nameOf(object)} ALTER COLUMN ${position} SET STATISTICS ${String(value)}`;
  return { sql: set(target), lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: object.address }, undo: { sql: [set(old)] } };
}

/** CLUSTER ON takes the mark from any other index, so taking it away is only said where no other index gets it. */
function alterClustered(after: SchemaObject, context: OperationContext): readonly Operation[] {
  if (flagOf(after, 'clustered')) return [clusterOn(after, context)];
  const table = after.parent;
  if (table === null || context.children(context.desired, table).some((sibling) => flagOf(sibling, 'clustered'))) return [];
  const name = quoteName(after.parts.slice(0, 2));
  return [
    {
      sql: `ALTER TABLE ${name} SET WITHOUT CLUSTER`,
      lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: table },
      undo: { sql: [`ALTER TABLE ${name} CLUSTER ON ${quoteIdent(after.parts[2] ?? '')}`] },
    },
  ];
}

function clusterOn(object: SchemaObject, context: OperationContext): Operation {
  const others = object.parent === null ? [] : context.children(context.current, object.parent);
  const old = others.find((sibling) => flagOf(sibling, 'clustered') && sibling.address !== object.address);
  const table = quoteName(object.parts.slice(0, 2));
  return {
    sql: `ALTER TABLE ${table} CLUSTER ON ${quoteIdent(object.parts[2] ?? '')}`,
    lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: object.parent ?? object.address },
    undo: { sql: [`ALTER TABLE ${table} ${old === undefined ? 'SET WITHOUT CLUSTER' : `CLUSTER ON ${quoteIdent(old.parts[2] ?? '')}`}`] },
  };
}

/**
 * What brings back the indexes of partitions that went with the index of a partitioned table: `make` creates one, and it is
 * attached again. The names of an index and of a constraint that owns one are built alike.
 */
export function restoreAttached(object: SchemaObject, context: OperationContext, make: (child: SchemaObject) => string): readonly string[] {
  const attached = [...context.current.values()].filter(
    (other) => other.kind === object.kind && other.address !== object.address && other.goesWith.includes(object.address),
  );
  return attached.flatMap((child) => [
    make(child),
    ...restoreAttached(child, context, make),
    `ALTER INDEX ${nameOf(object)} ATTACH PARTITION ${nameOf(child)}`,
  ]);
}
