/** What a plan takes away that statements of programs may name; knows no kind. */
import type { Address } from '../core/address.js';
import type { State } from '../core/object.js';
import type { PlanChange, PlanUse } from '../core/plan.js';
import type { Kind } from '../kinds/kind.js';

/** Of what goes together only the whole is named; what comes again under its name does not go. `bothNames`: old names stay until then. */
export function usesOf(
  changes: readonly PlanChange[],
  live: State,
  bothNames: boolean,
  kinds: ReadonlyMap<string, Kind>,
): readonly PlanUse[] {
  const stays = new Set(changes.flatMap(({ type, address }) => (type === 'add' ? [address] : [])));
  const goes = new Set(changes.flatMap((change) => goingName(change, bothNames) ?? []).filter((address) => !stays.has(address)));
  return [...goes].flatMap((address) => {
    const object = live.get(address);
    if (object === undefined || goes.has(object.parent ?? '')) return [];
    const named = kinds.get(object.kind)?.named?.(object) ?? null;
    return named === null ? [] : [{ address, ...named }];
  });
}

function goingName(change: PlanChange, bothNames: boolean): Address | null {
  if (change.type === 'drop') return change.address;
  return change.type === 'rename' && bothNames ? (change.from ?? null) : null;
}
