/** What keeps the rows of a table from moving into a second one at all, or while programs write them. Pure; knows no statement. */
import { DiagnosticError } from '../../core/diagnostic.js';
import { canonicalJson } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import type { OperationContext, SetChange } from '../kind.js';
import { childTables, partitionParent } from '../lineage.js';
import { quoteIdent, quoteName } from '../quote.js';
import { type UniqueKey, uniqueKeys } from '../unique-keys.js';
import { partitionsOf } from './second-table.js';

/** Attributes of a column that say nothing of its values, or only what every row can be asked for. */
const OF_NO_VALUE = new Set([
  'not_null',
  'not_null_valid',
  'not_null_inherit',
  'not_null_name',
  'storage',
  'default_storage',
  'compression',
  'statistics_target',
  'options',
  'inherited',
  'position',
]);

/** @throws DiagnosticError SC2406 when rows cannot be copied as they are: then they are not dropped either */
export function assertRowsCanMove({ before, after }: SetChange, context: OperationContext): void {
  const reason = notAsTheyAre(before, after, context);
  if (reason === null) return;
  throw new DiagnosticError([
    {
      code: 'SC2406',
      severity: 'error',
      address: after.address,
      summary: `${quoteName(after.parts)} ${what(before, after)}, and ${reason}`,
      detail: 'its rows are copied as they are, column by column; they are never dropped for it',
      hint: 'make the change in two plans: one of them with PARTITION BY alone',
    },
  ]);
}

/** Why a table of which stored columns are computed otherwise cannot be made anew beside itself; null: it can. */
export function whyNotAnew(change: SetChange, context: OperationContext): string | null {
  const { before, after } = change;
  if (!context.online) return 'that is not asked for';
  if (textOf(before, 'partition_key') !== null || textOf(after, 'partition_key') !== null) return 'it has partitions';
  if (['persistence', 'access_method'].some((name) => textOf(before, name) !== textOf(after, name)))
    return 'it is stored otherwise in the same plan';
  if (textsOf(after, 'inherits').length > 0 || textOf(after, 'of_type') !== null) return 'it inherits or is a table of a type';
  const key = notAsTheyAre(before, after, context) ?? keyForCopies(change, context);
  return typeof key === 'string' ? key : null;
}

const isParent = (table: SchemaObject, context: OperationContext): boolean =>
  textOf(table, 'partition_key') === null && childTables(context.current, table.address).length > 0;

function what(before: SchemaObject, after: SchemaObject): string {
  if (textOf(after, 'partition_key') === null) return 'has no partitions any more';
  return textOf(before, 'partition_key') === null ? 'becomes partitioned' : 'gets another partition key';
}

function notAsTheyAre(before: SchemaObject, after: SchemaObject, context: OperationContext): string | null {
  const columns = (state: OperationContext['current']): ReadonlyMap<string, SchemaObject> =>
    new Map(context.children(state, after.address, 'column').map((column) => [column.parts.at(-1) ?? '', column]));
  const [old, wanted] = [columns(context.current), columns(context.desired)];
  const isComputed = (column: SchemaObject): boolean => textOf(column, 'generated') !== null;
  const added = [...wanted].find(([name, column]) => !old.has(name) && !isComputed(column));
  if (added !== undefined) return `column ${quoteIdent(added[0])} is new`;
  for (const [name, column] of old) {
    const next = wanted.get(name);
    if (next === undefined) return `column ${quoteIdent(name)} goes`;
    const differs = Object.keys(isComputed(next) ? {} : column.attributes).find(
      (key) => !OF_NO_VALUE.has(key) && canonicalJson(column.attributes[key] ?? null) !== canonicalJson(next.attributes[key] ?? null),
    );
    if (differs !== undefined) return `the ${differs.replaceAll('_', ' ')} of column ${quoteIdent(name)} changes`;
    const numbers = (state: OperationContext['current']): number => context.children(state, column.address, 'sequence').length;
    if (numbers(context.current) !== numbers(context.desired)) return `column ${quoteIdent(name)} is numbered otherwise`;
  }
  const triggers = partitionsOf(after, context.desired).flatMap(({ parent }) => context.children(context.desired, parent ?? '', 'trigger'));
  if (triggers[0] !== undefined) return `trigger ${quoteName(triggers[0].parts)} would fire for every row that comes into a partition`;
  if (partitionParent(context.current, before.address) !== null) return 'it is a partition itself';
  if (textsOf(before, 'inherits').length > 0 || isParent(before, context)) return 'it inherits';
  return textOf(before, 'of_type') === null ? null : 'it is a table of a type';
}

export interface RowKey {
  /** Columns of the new table by which a row is known in both. */
  readonly names: readonly string[];
}

/** A text: why the rows cannot be copied while programs write them. */
export function keyForCopies({ before, after }: SetChange, context: OperationContext): RowKey | string {
  const old = uniqueKeys(before, context.current, context);
  const wanted = uniqueKeys(after, context.desired, context);
  const found = wanted
    .filter(
      ({ rank, object, names }) => rank < 2 && !flagOf(object, 'deferrable') && names.every((name) => isNotNull(after, name, context)),
    )
    .toSorted((a, b) => a.rank - b.rank)[0];
  if (found === undefined) return 'it will have no key that tells its rows apart';
  const deferrable = wanted.find(({ object }) => flagOf(object, 'deferrable'));
  if (deferrable !== undefined) return `${deferrable.object.parts.at(-1)} is deferrable, and copies are made and checked row by row`;
  const second = wanted.find((key) => !old.some((each) => implies(each, key)));
  if (second !== undefined) return `${second.object.parts.at(-1)} demands more of its rows than any key did before`;
  const other = context
    .children(context.desired, after.address)
    .find((each) => textOf(each, 'type') === 'exclusion' || flagOf(each, 'without_overlaps') || isPartialUnique(each));
  if (other !== undefined) return `${other.parts.at(-1)} may refuse a row that it took before`;
  const self = context
    .children(context.desired, after.address, 'constraint')
    .find((each) => textOf(each, 'references') === quoteName(after.parts));
  if (self !== undefined) return `its rows refer to each other by ${self.parts.at(-1)}, and are copied in the order of their key`;
  const there = partitionsOf(after, context.desired).find(({ parent }) => parent !== null && !context.isNew(parent));
  if (there !== undefined) return `${quoteName(there.parts)}, which is to be a partition, has rows of its own`;
  return { names: found.names };
}

const isPartialUnique = (object: SchemaObject): boolean => flagOf(object, 'unique') && textOf(object, 'predicate') !== null;

/** Rows that one key tells apart, another one with more columns does too. */
function implies(old: UniqueKey, key: UniqueKey): boolean {
  return old.names.length > 0 && old.names.every((name) => key.names.includes(name)) && !flagOf(key.object, 'nulls_not_distinct');
}

function isNotNull(table: SchemaObject, name: string, context: OperationContext): boolean {
  const column = context.children(context.desired, table.address, 'column').find(({ parts }) => parts.at(-1) === name);
  return column !== undefined && flagOf(column, 'not_null');
}
