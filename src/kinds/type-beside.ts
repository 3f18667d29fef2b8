/**
 * Changes a type that PostgreSQL cannot alter without any table being written anew: the new type is made beside the old one, and so are the columns
 * that hold its values; in the contract phase all of them take their names. Knows no type kind.
 */
import type { SchemaObject } from '../core/object.js';
import { freeName } from './free-name.js';
import type { Alteration, Conversion, Hazard, Operation, OperationContext, SetChange } from './kind.js';
import { quoteIdent, quoteName } from './quote.js';
import { holdersOf, leavingHolders, typesOnTop } from './type-holders.js';

export interface BesideOptions {
  /** Statements that make the type; it has another name for the time being. */
  readonly create: (type: SchemaObject) => readonly Operation[];
  /** How values come into `type`, the new type or an array of it. */
  readonly convert: (column: string, type: string) => Pick<Conversion, 'expression' | 'original'>;
  readonly loses: boolean;
  readonly hazards: readonly Hazard[];
}

/** Null: no table is so large that it is worth it, or one of the columns cannot be made anew. */
export function typeBeside(
  { before, after }: SetChange,
  context: OperationContext,
  options: BesideOptions,
): Exclude<Alteration, 'replace'> | null {
  const holders = holdersOf(before, context).toSorted((a, b) => (a.object.address < b.object.address ? -1 : 1));
  const together = holders.map(({ object }) => object.address);
  if (!context.online || holders.every(({ table }) => context.isNew(table.address) || context.isShortRewrite(table.address))) return null;
  if (holders.some(({ inherited }) => inherited) || typesOnTop(before, context.current).length > 0) return null;
  const made: SchemaObject = { ...after, parts: [...after.parts.slice(0, -1), freeName(after, [context.current, context.desired])] };
  const remade: Remade[] = [];
  for (const { object, type } of holders) {
    const wanted = context.desired.get(object.address);
    if (wanted === undefined || context.isChanged(object.address) || context.hint(object.address, 'using') !== null) return null;
    const held = type.replace(quoteName(before.parts), quoteName(made.parts));
    const conversion = { ...options.convert(quoteIdent(object.parts.at(-1) ?? ''), held), type: held, loses: options.loses, together };
    const way = context.remake({ before: object, after: wanted, changed: new Set(['type']) }, conversion);
    if (typeof way === 'string') return null;
    remade.push(way);
  }
  // One transaction for all columns; only when the type has its name is anything settled.
  const swaps = remade.flatMap(swapOf).map(({ settled: _, ...operation }): Operation => operation);
  const undo = { reason: 'the old type is gone, and values may not have a place in it' };
  return {
    prepare: [...options.create(made), ...remade.flatMap(({ prepare }) => prepare ?? [])],
    operations: [
      ...swaps.map((operation, index) =>
        index === 0 ? { ...operation, hazards: [...(operation.hazards ?? []), ...options.hazards] } : operation,
      ),
      { sql: `DROP TYPE ${quoteName(before.parts)}`, undo },
      { sql: `ALTER TYPE ${quoteName(made.parts)} RENAME TO ${quoteIdent(after.parts.at(-1) ?? '')}`, undo, settled: true },
      ...remade.flatMap(tightened),
    ],
    disturbs: true,
    remakes: true,
    handles: holders.flatMap(({ object }, index) => [object.address, ...(remade[index]?.handles ?? [])]),
    follows: leavingHolders(before, context),
  };
}

type Remade = Exclude<Alteration, 'replace'>;

/** What only tightens the column follows it, in transactions of its own. */
const settledAt = ({ operations }: Remade): number => operations.findIndex(({ settled }) => settled) + 1;
const swapOf = (way: Remade): readonly Operation[] => way.operations.slice(0, settledAt(way));
const tightened = (way: Remade): readonly Operation[] => way.operations.slice(settledAt(way));
