/** Which drops put things out of the way instead, and what cannot go along; knows kinds only by their slots. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { OperationContext } from '../kinds/kind.js';
import type { Work } from './work.js';

export interface Retired {
  readonly retired: ReadonlySet<Address>;
  /** Parts of what is retired that are dropped all the same: what they lean on goes for good. */
  readonly apart: ReadonlySet<Address>;
}

const NOTHING: Retired = { retired: new Set(), apart: new Set() };

/**
 * What would lose a part that holds rows (a column of a type that is dropped) is dropped as it is. What the plan makes again is no drop.
 */
export function retiredDrops(work: Work, current: State, kinds: Kinds, context: OperationContext): Retired {
  const { retirement } = context;
  if (retirement === null) return NOTHING;
  const going = [...work.drops.values()].filter((object) => !work.replaced.has(object.address));
  const isKept = (object: SchemaObject): boolean => kindFor(kinds, object).retire !== undefined && retirement.keeps(object.parts[0] ?? '');
  const retired = new Set(going.filter(isKept).map(({ address }) => address));
  for (;;) {
    const along = partsOf(retired, going);
    const leaving = [...along].flatMap((address) => leaves(current.get(address), along, work, kinds) ?? []);
    const lost = leaving.filter((object) =>
      kindFor(kinds, object)
        .drop(object, context)
        .some((operation) => operation.hazards?.some((hazard) => hazard.destructive)),
    );
    const kept = lost.flatMap((object) => rootIn(object, current, retired) ?? []);
    if (kept.length === 0) return { retired, apart: new Set(leaving.map(({ address }) => address)) };
    for (const address of kept) retired.delete(address);
  }
}

/** All that is dropped with them, and with that. */
function partsOf(retired: ReadonlySet<Address>, going: readonly SchemaObject[]): ReadonlySet<Address> {
  const along = new Set(retired);
  for (let size = -1; size !== along.size; ) {
    size = along.size;
    for (const { address, parent, goesWith } of going)
      if ([parent, ...goesWith].some((on) => on !== null && along.has(on))) along.add(address);
  }
  return along;
}

function leaves(object: SchemaObject | undefined, along: ReadonlySet<Address>, work: Work, kinds: Kinds): SchemaObject | null {
  if (object === undefined || kindFor(kinds, object).retire) return null;
  const leans = object.dependsOn.some((on) => work.drops.has(on) && !along.has(on));
  return leans || kindFor(kinds, object).leavesRetired?.(object, along) ? object : null;
}

function rootIn(object: SchemaObject, current: State, retired: ReadonlySet<Address>): Address | null {
  for (let at: SchemaObject | undefined = object; at !== undefined; at = current.get(at.parent ?? ''))
    if (retired.has(at.address)) return at.address;
  return null;
}
