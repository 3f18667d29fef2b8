/**
 * A new column whose rows are filled by what its declaration says (`backfill`): existing ones batch by batch, those of programs that do not
 * know the column by a trigger, until the contract phase. So columns are split, merged and moved over. Knows no order of steps beyond its own.
 */
import type { SchemaObject } from '../../core/object.js';
import type { PlanCheck } from '../../core/plan.js';
import { flagOf, textOf } from '../attribute-values.js';
import { backfill } from '../backfill.js';
import { type DualWriteOperations, dualWrite, imagesDiffer, overRow } from '../dual-write.js';
import type { Operation, OperationContext } from '../kind.js';
import { emptyColumn, setDefault } from './add-online.js';
import { columnName, tableName, tableOf } from './definition.js';
import { setNotNull } from './not-null.js';
import { isSteady } from './volatility.js';
import { agreement, roundTrip, type WayBack, wayBack } from './way-back.js';

/** Null: nothing is said of its rows, or the table has none yet. */
export function addDerived(column: SchemaObject, context: OperationContext): readonly Operation[] | null {
  const table = context.current.get(tableOf(column));
  if (table === undefined || context.isNew(table.address) || textOf(column, 'generated') !== null) return null;
  const expression = context.hint(column.address, 'backfill');
  if (expression === null) return null;
  const found = context.children(context.desired, column.address, 'default')[0];
  const usual = found === undefined ? null : textOf(found, 'expression');
  const present = flagOf(column, 'not_null') ? setNotNull(column, context) : [];
  const start = emptyColumn(column);
  const later = usual === null ? [] : [setDefault(column, usual)];
  const back = wayBack(column, table, context);
  const [first, ...more] = back === null ? start : withCheck(start, roundTrip(back, table, context));
  if (!context.online) return [...(first ? [first] : []), ...more, updateAll(column, expression), ...later, ...present];
  const name = columnName(column);
  const keeper = dualWrite({ table, name: column.parts.at(-1) ?? '', body: derived(column, table, expression, usual) }, context);
  const fill = {
    table,
    column: column.address,
    set: `${name} = (${expression})`,
    where: `${name} IS NULL AND (${expression}) IS NOT NULL`,
  };
  const returning = back === null ? NO_TRIGGER : returningWrites(back, column, table, context);
  const removed = [...returning.remove, ...keeper.remove].map((operation): Operation => ({ ...operation, contract: true }));
  return [
    ...(first ? [first] : []),
    ...more,
    ...later,
    ...keeper.make,
    backfill(fill, context),
    ...present,
    ...returning.make,
    ...(back === null ? removed : withCheck(removed, agreement(back, table, context))),
  ];
}

const NO_TRIGGER: DualWriteOperations = { make: [], remove: [] };

function withCheck([first, ...more]: readonly Operation[], check: PlanCheck): readonly Operation[] {
  return first === undefined ? [] : [{ ...first, checks: [...(first.checks ?? []), check], dependsOnData: true }, ...more];
}

/** Made when all the new columns are there and filled: what it says of them must hold. */
function returningWrites(back: WayBack, column: SchemaObject, table: SchemaObject, context: OperationContext): DualWriteOperations {
  const body = derived(back.old, table, back.expression, back.usual);
  const { make, remove } = dualWrite({ table, name: `zz_${back.old.parts.at(-1) ?? ''}`, body }, context);
  const awaits = back.siblings.flatMap(({ address }) => (address === column.address ? [] : [address]));
  return { make: make.map((operation) => ({ ...operation, awaits })), remove };
}

function updateAll(column: SchemaObject, expression: string): Operation {
  return {
    sql: `UPDATE ${tableName(column)} SET ${columnName(column)} = (${expression})`,
    lock: { mode: 'ROW EXCLUSIVE', address: tableOf(column) },
    requires: (['UPDATE', 'SELECT'] as const).map((privilege) => ({ privilege, on: tableOf(column) })),
    dependsOnData: true,
    undo: { sql: [] },
  };
}

/**
 * A program that gives the column a value has its way. One that does not know it leaves it null or at its default when it inserts, and as it was
 * when it updates: then what it wrote into the other columns counts.
 */
function derived(column: SchemaObject, table: SchemaObject, expression: string, usual: string | null): string {
  const name = columnName(column);
  const [now, before] = [overRow('NEW', expression, table), overRow('OLD', expression, table)];
  const left =
    usual !== null && isSteady(usual)
      ? `NOT ${imagesDiffer(`NEW.${name}`, `(${usual})::${textOf(column, 'type')}`)} OR NEW.${name} IS NULL`
      : `NEW.${name} IS NULL`;
  return [
    "IF TG_OP = 'INSERT' THEN",
    `  IF ${left} THEN`,
    `    NEW.${name} := coalesce(${now}, NEW.${name});`,
    '  END IF;',
    `ELSIF NOT ${imagesDiffer(`NEW.${name}`, `OLD.${name}`)} AND (NEW.${name} IS NULL OR ${imagesDiffer(now, before)}) THEN`,
    `  NEW.${name} := ${now};`,
    'END IF;',
  ].join('\n');
}
