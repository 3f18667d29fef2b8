/** Statements that make, change and remove an index; knows nothing of their order among other objects. */
import type { Address } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanCheck } from '../../core/plan.js';
import { flagOf, optionsOf, recordsOf, textOf, textsOf } from '../attribute-values.js';
import { ownStepBelow } from '../belongs-below.js';
import { freeName, hasDependants } from '../free-name.js';
import { writeElements, writeNames } from '../index-elements.js';
import { alterIndex, finishIndex, restoreAttached, STORAGE } from '../index-storage.js';
import type { Alteration, Beside, Hazard, Operation, OperationContext, RemadeColumn, SetChange } from '../kind.js';
import { partitionsThatGo } from '../partitions-that-go.js';
import { quoteIdent, quoteName } from '../quote.js';
import { withOptions } from '../relation-options.js';
import { remadeName } from '../remade-name.js';
import { createBeside } from '../requirements.js';
import { duplicates } from '../rows-in-the-way.js';

type How = '' | 'CONCURRENTLY ';

/** An index is in its table's schema. */
export function qualifiedName(object: SchemaObject, name = object.parts[2] ?? ''): string {
  return quoteName([object.parts[0] ?? '', name]);
}

export function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const table = tableAddress(object);
  const isNew = context.isNew(table);
  if (context.online && !isNew && !isPartitioned(object)) return [buildConcurrently(object, context), ...finishIndex(object, context)];
  const undo = { sql: [dropSql(object, '')] };
  const requires = createBeside(object);
  if (isNew) return [{ sql: createSql(object, ''), requires, undo }, ...finishIndex(object, context)];
  const lock = { mode: 'SHARE', address: table } as const;
  // ON ONLY a partitioned table builds nothing.
  if (isPartitioned(object)) {
    const late = partitionsThatGo(table, context).length > 0 ? { contract: true as const } : {};
    return [
      { sql: createSql(object, ''), ...ownStepBelow(object, context), lock, requires, undo, ...late },
      ...finishIndex(object, context),
    ];
  }
  const hazards: Hazard[] = [
    {
      code: 'create-index-nonconcurrent',
      address: object.address,
      message: `writers of ${tableName(object)} wait until the index is built`,
    },
  ];
  return [
    { sql: createSql(object, ''), lock, hazards, requires, dependsOnData: flagOf(object, 'unique'), undo },
    ...finishIndex(object, context),
  ];
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { after, changed } = change;
  const rest = new Set([...changed].filter((name) => !STORAGE.has(name)));
  // A partitioned table's index becomes valid by itself, with the last index that is attached to it.
  if (isPartitioned(after)) rest.delete('valid');
  return rest.size === 0 ? { operations: alterIndex(change, context) } : swap(change, context);
}

export function drop(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const concurrent = context.online && !isPartitioned(object) && !context.isDropped(tableAddress(object));
  return [remove(object, concurrent ? 'CONCURRENTLY ' : '', context, context.isNew(object.address))];
}

export function rename(object: SchemaObject, to: string): readonly Operation[] {
  return [renameFrom(object, object.parts[2] ?? '', to)];
}

/** An index's own lock is all that renaming takes. */
function renameFrom(object: SchemaObject, from: string, to: string): Operation {
  return {
    sql: `ALTER INDEX ${qualifiedName(object, from)} RENAME TO ${quoteIdent(to)}`,
    requires: createBeside(object),
    lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: object.address },
    undo: { sql: [`ALTER INDEX ${qualifiedName(object, to)} RENAME TO ${quoteIdent(from)}`] },
  };
}

/** Of plain columns only: which columns an expression names is the server's to know. */
export function beside(object: SchemaObject, column: RemadeColumn, context: OperationContext): Beside | null {
  const elements = recordsOf(object, 'elements');
  const names = context.children(context.current, tableAddress(object), 'column').map(({ parts }) => parts.at(-1) ?? '');
  const columns = new Map(names.map((name) => [quoteIdent(name), name]));
  if (textOf(object, 'predicate') !== null || !elements.every(({ expression }) => columns.has(String(expression)))) return null;
  if (isPartitioned(object) || !flagOf(object, 'valid')) return null;
  const over: SchemaObject = {
    ...object,
    attributes: {
      ...object.attributes,
      elements: elements.map((element) => ({
        ...element,
        expression: quoteIdent(remadeName(column, columns.get(String(element.expression)) ?? '')),
      })),
      include: textsOf(object, 'include').map((name) => remadeName(column, name)),
    },
  };
  const name = freeName(object, [context.current, context.desired]);
  return {
    build: [buildConcurrently(over, context, name)],
    settle: [],
    take: [renameFrom(object, name, object.parts[2] ?? ''), ...finishIndex(object, context)],
  };
}

function tableAddress(object: SchemaObject): Address {
  return object.parent ?? object.address;
}

function tableName(object: SchemaObject): string {
  return quoteName(object.parts.slice(0, 2));
}

function isPartitioned(object: SchemaObject): boolean {
  return textOf(object, 'relation') === 'partitioned';
}

/** ON ONLY: the partitions' indexes are objects of their own, attached later; CONCURRENTLY is refused on partitioned tables. */
function createSql(object: SchemaObject, how: How, name = object.parts[2] ?? ''): string {
  const include = textsOf(object, 'include');
  const method = textOf(object, 'method') ?? 'btree';
  const tablespace = textOf(object, 'tablespace');
  const predicate = textOf(object, 'predicate');
  return [
    `CREATE ${flagOf(object, 'unique') ? 'UNIQUE ' : ''}INDEX ${how}${quoteIdent(name)} ON `,
    `${isPartitioned(object) ? 'ONLY ' : ''}${tableName(object)} `,
    method === 'btree' ? '' : `USING ${quoteIdent(method)} `,
    `(${writeElements(recordsOf(object, 'elements'))})`,
    include.length > 0 ? ` INCLUDE (${writeNames(include)})` : '',
    flagOf(object, 'nulls_not_distinct') ? ' NULLS NOT DISTINCT' : '',
    withOptions(optionsOf(object)),
    tablespace === null ? '' : ` TABLESPACE ${quoteIdent(tablespace)}`,
    predicate === null ? '' : ` WHERE ${predicate}`,
  ].join('');
}

function dropSql(object: SchemaObject, how: How, name = object.parts[2] ?? ''): string {
  return `DROP INDEX ${how}${qualifiedName(object, name)}`;
}

function buildConcurrently(object: SchemaObject, context: OperationContext, name = object.parts[2] ?? ''): Operation {
  const undo = dropSql(object, 'CONCURRENTLY ', name);
  return {
    sql: createSql(object, 'CONCURRENTLY ', name),
    requires: createBeside(object),
    mode: 'none',
    lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: tableAddress(object) },
    dependsOnData: flagOf(object, 'unique'),
    checks: sharedValues(object, context),
    undo: { sql: [undo] },
    recover: [undo],
  };
}

/** Where the index is unique and tells nulls apart. */
function sharedValues(object: SchemaObject, context: OperationContext): readonly PlanCheck[] {
  if (!flagOf(object, 'unique') || flagOf(object, 'nulls_not_distinct')) return [];
  const expressions = recordsOf(object, 'elements').map(({ expression }) => String(expression));
  return [duplicates({ table: tableAddress(object), name: tableName(object) }, expressions, textOf(object, 'predicate'), context)];
}

/** An interrupted concurrent drop leaves the index INVALID; the same statement finishes it. */
function remove(object: SchemaObject, how: How, context: OperationContext, replaced = false): Operation {
  const name = qualifiedName(object);
  const hazards: Hazard[] = [{ code: 'drop-index', address: object.address, message: `queries that use ${name} get slower` }];
  if (replaced) hazards.push({ code: 'replace-index', address: object.address, message: `${name} is missing until it is built again` });
  if (how === '')
    hazards.push({ code: 'drop-index-nonconcurrent', address: object.address, message: `all queries on ${tableName(object)} wait` });
  const sql = dropSql(object, how);
  const attached = isPartitioned(object) ? restoreAttached(object, context, (child) => createSql(child, '')) : [];
  const undo = { sql: [createSql(object, how), ...finishIndex(object, context).map((each) => each.sql), ...attached] };
  return how === ''
    ? { sql, lock: { mode: 'ACCESS EXCLUSIVE', address: tableAddress(object) }, hazards, undo }
    : { sql, mode: 'none', lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: tableAddress(object) }, hazards, undo, recover: [sql] };
}

/** The new index is built before the old one goes, then takes its name; only where nothing leans on the old one. */
function swap(change: SetChange, context: OperationContext): Alteration {
  const { before, after } = change;
  const simple = context.online && !context.isNew(tableAddress(after)) && !isPartitioned(after) && !hasDependants(context.current, before);
  if (!simple) return 'replace';
  const name = freeName(after, [context.current, context.desired]);
  const old = remove(before, 'CONCURRENTLY ', context);
  return {
    operations: [
      buildConcurrently(after, context, name),
      { ...old, hazards: [] },
      renameFrom(after, name, after.parts[2] ?? ''),
      ...finishIndex(after, context),
    ],
  };
}
