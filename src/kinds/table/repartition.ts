/**
 * A table with rows becomes a partitioned one, or one with other partitions, or none, or gets columns that are computed and stored. PostgreSQL has no statement for it that lets anybody in, so a second table is made, which takes the name in the end: its
 * rows are copied under a lock where that is short or the only way, else batch by batch while a trigger copies what is written. Knows no order
 * of steps beyond its own.
 */
import type { SchemaObject } from '../../core/object.js';
import type { PlanCheck } from '../../core/plan.js';
import { textOf } from '../attribute-values.js';
import { copyRows } from '../backfill.js';
import { copyInStep } from '../copy-in-step.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { agreement, besideHazards, lostValues, misfits, underLock } from './repartition-checks.js';
import { assertRowsCanMove, keyForCopies } from './repartition-obstacles.js';
import { membersOf, type SecondTable, secondTable, withPartitions } from './second-table.js';

type Way = Exclude<Alteration, 'replace'>;

const GONE = { reason: 'the table that held the rows before is gone' };

/** `finish`: statements about the table once it has its name. @throws DiagnosticError SC2406 */
export function repartition(change: SetChange, finish: readonly Operation[], context: OperationContext): Way {
  assertRowsCanMove(change, context);
  const { before, after } = change;
  const second = secondTable(after, context);
  const made = withUndo(context.creation(second.objects, second.state));
  const swap = [...numbered(second, context), ...swapped(before, second), ...finish.map((each) => ({ ...each, undo: GONE }))];
  const columns = written(after, context);
  const name = quoteName(before.parts);
  const into = quoteName(second.table.parts);
  const bad = misfits(after, context);
  const first = bad.map((check): PlanCheck => ({ ...check, when: 'before' }));
  const asked = first.length > 0 ? { checks: first, dependsOnData: true } : {};
  const key = context.isShortRewrite(after.address) ? null : keyForCopies(change, context);
  if (key === null || typeof key === 'string') {
    const lock = { mode: 'ACCESS EXCLUSIVE', address: before.address } as const;
    const list = columns.join(', ');
    const copy: Operation = {
      sql: `INSERT INTO ${into} (${list}) SELECT ${list} FROM ${name}`,
      lock,
      hazards: [underLock(after, key, context), ...lostValues(after, context)],
      requires: [{ privilege: 'SELECT', on: before.address }],
      checks: bad,
      dependsOnData: true,
      undo: { sql: [] },
    };
    // One transaction, whatever else is in it: nobody writes between the copy and the drop.
    const held: Operation = { sql: `LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`, lock, ...asked, undo: { sql: [] } };
    // Row security would leave out rows in silence, and its policies are gone by now; so it is an error where it would.
    const all: Operation = { sql: "SELECT pg_catalog.set_config('row_security', 'off', true)", undo: { sql: [] } };
    return { ...taken(second, after, context), operations: [held, ...made, all, copy, ...swap] };
  }
  const names = key.names.map(quoteIdent);
  const keeper = copyInStep({ table: before, into, columns, key: names }, context);
  const same = agreement(before, into, columns, names);
  return {
    ...taken(second, after, context),
    prepare: [
      ...made,
      ...keeper.make.map((each, index) => (index === 0 ? { ...each, ...asked } : each)),
      copyRows({ table: before, into, columns, key: names, checks: bad }, context),
      // Nobody has counted its rows yet, and from the swap on every statement is planned by that.
      { sql: `ANALYZE ${into}`, mode: 'own', undo: { sql: [] } },
    ],
    operations: [
      ...keeper.remove.map((each, index) => (index === 0 ? { ...each, hazards: besideHazards(after, context), checks: [same] } : each)),
      ...swap,
    ],
  };
}

/** What only goes with the table needs no statement that undoes it. */
function withUndo(operations: readonly Operation[]): readonly Operation[] {
  return operations.map((each) => (each.undo !== undefined && 'sql' in each.undo ? each : { ...each, undo: { sql: [] } }));
}

/** Members of both tables, and what numbers them; rows that are declared stay what they are. */
function taken(
  second: SecondTable,
  table: SchemaObject,
  context: OperationContext,
): Pick<Way, 'disturbs' | 'remakes' | 'handles' | 'makes'> {
  const { current, desired } = context;
  const addresses = (objects: readonly SchemaObject[]): readonly string[] => objects.map(({ address }) => address);
  const numbers = [current, desired].flatMap((state) =>
    context.children(state, table.address, 'column').flatMap(({ address }) => context.children(state, address, 'sequence')),
  );
  const old = [...membersOf(table, current, context), ...withPartitions(table, current, context), ...numbers].map(({ address }) => address);
  return {
    disturbs: true,
    remakes: true,
    handles: [...old, ...addresses(context.children(current, table.address, 'row'))],
    makes: [...new Set([...second.makes, ...old])],
  };
}

/** Columns that hold values; others are computed. */
function written(table: SchemaObject, context: OperationContext): readonly string[] {
  return context
    .children(context.desired, table.address, 'column')
    .filter((column) => textOf(column, 'generated') === null)
    .toSorted((a, b) => Number(a.attributes.position) - Number(b.attributes.position))
    .map(({ parts }) => quoteIdent(parts.at(-1) ?? ''));
}

/** What numbers the rows of the new table goes on where that of the old one stands. */
function numbered({ numbers, state }: SecondTable, context: OperationContext): readonly Operation[] {
  return numbers.flatMap(({ sequence, column }): readonly Operation[] => {
    const old = context.children(context.current, column, 'sequence')[0];
    if (old === undefined) return [];
    const [from, to] = [quoteName(old.parts), quoteLiteral(quoteName(sequence.parts))];
    return [
      ...context.creation([sequence], state),
      { sql: `SELECT pg_catalog.setval(${to}, last_value, is_called) FROM ${from}`, undo: { sql: [] } },
    ];
  });
}

function swapped(before: SchemaObject, { table, indexes, numbers }: SecondTable): readonly Operation[] {
  const [schema = '', last = ''] = [before.parts[0], before.parts.at(-1)];
  const lock = { mode: 'ACCESS EXCLUSIVE', address: before.address } as const;
  const rename = (what: string, from: string, to: string): Operation => ({
    sql: `ALTER ${what} ${quoteName([schema, from])} RENAME TO ${quoteIdent(to)}`,
    undo: GONE,
  });
  return [
    { sql: `DROP TABLE ${quoteName(before.parts)}`, lock, undo: GONE },
    { ...rename('TABLE', table.parts.at(-1) ?? '', last), lock },
    ...indexes.map(({ from, to }) => rename('INDEX', from, to)),
    ...numbers.map(({ name }) => rename('SEQUENCE', name.from, name.to)),
  ];
}
