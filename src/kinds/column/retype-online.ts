/**
 * Another type for a column of a table that is too large to be written anew under a lock: a second column beside it, kept in step by a
 * trigger and filled batch by batch, with indexes of its own; in the contract phase it takes the old one's name. Knows no order of steps
 * beyond its own.
 */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { backfill } from '../backfill.js';
import { dualWrite, overRow } from '../dual-write.js';
import { freeNameFor } from '../free-name.js';
import type { Alteration, Beside, Conversion, Hazard, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { keyColumns } from '../row-keys.js';
import { columnName, initialSettings, tableName, tableOf, typeText } from './definition.js';
import { NO_PRESENCE, presence, setNotNull } from './not-null.js';
import { familyDefaults, familyMembers } from './retype-family.js';
import { besides, obstacle } from './retype-obstacles.js';
import { retypedWith } from './retyped-together.js';

type Retyping = Exclude<Alteration, 'replace'>;

/** A text: why the table has to be written anew in place. */
export function retypeOnline(change: SetChange, conversion: Conversion, context: OperationContext): Retyping | string {
  const { before, after } = change;
  const { expression } = conversion;
  const table = context.current.get(tableOf(before));
  const refusal = table === undefined ? 'its table is not there before' : obstacle(change, table, context);
  if (table === undefined || refusal !== null) return refusal ?? '';
  const built = besides(before, context);
  if (typeof built === 'string') return built;
  const isKey = built.some((object) => textOf(object, 'type') === 'primary');
  if (conversion.loses && isKey) return 'it is part of the primary key, and values may have no place in the new type';

  const name = columnName(after);
  const shadow: SchemaObject = { ...after, parts: [...after.parts.slice(0, -1), shadowName(after.parts.at(-1) ?? '', after, context)] };
  const beside = columnName(shadow);
  const target = tableName(after);
  const exclusive = { mode: 'ACCESS EXCLUSIVE', address: table.address } as const;
  const gone = { reason: 'the old values are gone' };
  const keeper = dualWrite(
    { table, name: before.parts.at(-1) ?? '', body: `NEW.${beside} := ${overRow('NEW', expression, table)};` },
    context,
  );
  const present = flagOf(after, 'not_null') && !conversion.loses ? presence(after, shadow, context) : NO_PRESENCE;
  // Programs that know the old type may go on writing what has no place in the new one.
  const late = flagOf(after, 'not_null') && conversion.loses ? setNotNull(after, context, true) : [];
  const column = { from: before.parts.at(-1) ?? '', to: shadow.parts.at(-1) ?? '' };
  const shared = built.map((object) => ({ object, others: retypedWith(before, object, conversion.together ?? [], context) }));
  // Over several columns that change an index is built once, with the last of them.
  const own = shared.filter(({ others }) => others.every(({ address }) => address < before.address));
  const indexes: readonly Beside[] = own.flatMap(({ object, others }) => {
    const also = others.map(({ parts }) => ({ from: parts.at(-1) ?? '', to: shadowName(parts.at(-1) ?? '', before, context) }));
    return context.beside(object, { ...column, also }) ?? [];
  });
  const nullable: SchemaObject = { ...shadow, attributes: { ...shadow.attributes, not_null: false } };
  const add: Operation = {
    sql: `ALTER TABLE ${target} ADD COLUMN ${beside} ${conversion.type}`,
    lock: exclusive,
    undo: { sql: [`ALTER TABLE ${target} DROP COLUMN ${beside}`] },
  };
  const fill = {
    table,
    column: after.address,
    set: `${beside} = (${expression})`,
    where: `${beside} IS NULL AND (${expression}) IS NOT NULL`,
  };
  const members = familyMembers(after, table.address, context);
  const operations: readonly Operation[] = [
    ...keeper.remove.map((operation, index) =>
      index === 0
        ? { ...operation, hazards: hazards(change, table), checks: [agreement(change, beside, conversion, table, context)] }
        : operation,
    ),
    ...present.settle,
    ...indexes.flatMap(({ settle }) => settle),
    { sql: `ALTER TABLE ${target} DROP COLUMN ${name}`, lock: exclusive, undo: gone },
    { sql: `ALTER TABLE ${target} RENAME COLUMN ${beside} TO ${name}`, lock: exclusive, undo: gone },
    ...familyDefaults(members, context),
    ...present.named,
    ...indexes.flatMap(({ take }) => take.map((operation) => ({ ...operation, undo: gone }))),
    ...late,
  ];
  const settled = operations.length - late.length - 1;
  return {
    prepare: [
      add,
      ...initialSettings(nullable).map((operation) => ({ ...operation, lock: exclusive, undo: { sql: [] } })),
      ...keeper.make,
      backfill(fill, context),
      ...present.make,
      ...indexes.flatMap(({ build }) => build),
    ],
    operations: operations.map((operation, index) => (index === settled ? { ...operation, settled: true } : operation)),
    disturbs: true,
    remakes: true,
    handles: [...built, ...members].map(({ address }) => address),
    follows: [...new Set(own.flatMap(({ others }) => others.map(({ address }) => address)))],
    ...(members.length > 0 ? { makes: members.map(({ address }) => address) } : {}),
  };
}

/** Of a column of the same table as `column`. */
function shadowName(name: string, column: SchemaObject, { current, desired }: OperationContext): string {
  return freeNameFor(name, '_new', column.parts[0] ?? '', [current, desired]);
}

/** All rows, before the old values go: a trigger that somebody made later, or switched off, may have kept the two from being in step. */
function agreement(
  { after }: SetChange,
  beside: string,
  { original }: Conversion,
  table: SchemaObject,
  context: OperationContext,
): NonNullable<Operation['checks']>[number] {
  const shown = keyColumns(table.address, context).join(', ');
  return {
    when: 'before',
    sql: `SELECT count(*) OVER () AS rows_in_all, ${shown} FROM ${quoteName(table.parts)} WHERE (${beside})::text IS DISTINCT FROM (${original})::text LIMIT 10`,
    message: `of ${quoteName(table.parts)} have another value in ${beside} than in ${columnName(after)}`,
  };
}

function hazards({ before, after }: SetChange, table: SchemaObject): readonly Hazard[] {
  const name = `${quoteName(table.parts)}.${quoteIdent(after.parts.at(-1) ?? '')}`;
  return [
    {
      code: 'column-moves-last',
      address: after.address,
      message: `${name} changes from ${typeText(before)} to ${typeText(after)} by way of a new column, which is the last of the table then`,
    },
  ];
}
