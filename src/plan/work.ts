/**
 * Changes -> what is created, dropped and altered, with everything that must be dropped and created again around it.
 * Knows kinds only by their slots.
 */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Alteration, OperationContext, SetChange } from '../kinds/kind.js';
import { type Dependants, dependantsOf } from './dependants.js';

export interface WorkInput {
  readonly kinds: Kinds;
  readonly changes: readonly Change[];
  /** Everything in the database, in scope or not. */
  readonly current: State;
  /** Everything that is to be in the database: the desired objects and what stays because it is out of scope. */
  readonly desired: State;
  /** Objects out of scope: they block, and are never dropped and created again. */
  readonly unmanaged: (object: SchemaObject) => boolean;
}

/** Nothing to do: for statements that are written outside of any plan. */
export const NO_WORK: Work = {
  creates: new Map(),
  drops: new Map(),
  alters: new Map(),
  replaced: new Map(),
  disturbing: new Set(),
  handled: new Map(),
  made: new Map(),
  blocked: [],
};

export interface Work {
  readonly creates: ReadonlyMap<Address, SchemaObject>;
  readonly drops: ReadonlyMap<Address, SchemaObject>;
  readonly alters: ReadonlyMap<Address, SetChange>;
  /** Dropped and created again, with the address of the change that is the cause. */
  readonly replaced: ReadonlyMap<Address, Address>;
  /** Alterations that the server refuses while dependants exist: those are dropped before and created after. */
  readonly disturbing: ReadonlySet<Address>;
  /** Objects that the alteration of another takes care of, with its address: touched without a task of their own. */
  readonly handled: ReadonlyMap<Address, Address>;
  /** What such an alteration makes of the desired state, with its address. */
  readonly made: ReadonlyMap<Address, Address>;
  readonly blocked: readonly Diagnostic[];
}

/** Mutable while it grows; `contextOf` lets kinds look at it through an OperationContext. */
export function decideWork(input: WorkInput, contextOf: (work: Work) => OperationContext): Work {
  const { kinds, current, desired } = input;
  const creates = new Map<Address, SchemaObject>();
  const drops = new Map<Address, SchemaObject>();
  const alters = new Map<Address, SetChange>();
  const replaced = new Map<Address, Address>();
  const disturbing = new Set<Address>();
  const handled = new Map<Address, Address>();
  const made = new Map<Address, Address>();
  const blocked: Diagnostic[] = [];
  const work: Work = { creates, drops, alters, replaced, disturbing, handled, made, blocked };
  const context = contextOf(work);
  const dependants = dependantsOf(current);

  for (const change of input.changes) {
    if (change.type === 'add') creates.set(change.address, change.after);
    else if (change.type === 'drop') drops.set(change.address, change.before);
    else if (change.type === 'set') {
      alters.set(change.address, { before: change.before, after: change.after, changed: new Set(change.attributes) });
    }
  }

  for (const address of parentsAnew(work, input, context)) {
    const [before, after] = [current.get(address), desired.get(address)];
    const changed = alters.get(address)?.changed ?? new Set();
    if (before !== undefined && after !== undefined) alters.set(address, { before, after, changed, anew: true });
  }

  const isRebuilt = (address: Address): boolean => {
    const object = current.get(address);
    return object !== undefined && kindFor(kinds, object).rebuilt === true;
  };
  const isAttracted = (address: Address, on: Address): boolean => {
    const [object, to] = [current.get(address), current.get(on)];
    return object !== undefined && to !== undefined && kindFor(kinds, to).attracts?.includes(object.kind) === true;
  };
  const outlives = (address: Address, on: Address): boolean => {
    const [object, to] = [current.get(address), current.get(on)];
    if (object === undefined || to === undefined || !desired.has(address) || desired.has(on)) return false;
    return kindFor(kinds, object).outlives?.(object, to, desired) === true;
  };
  const replace = (address: Address, cause: Address): void => {
    if (replaced.has(address)) return;
    const before = current.get(address);
    if (before === undefined) return;
    const after = desired.get(address);
    if (after !== undefined && !drops.has(address)) {
      if (input.unmanaged(before) && kindFor(kinds, before).presence !== 'declared' && !livesIn(current, before, replaced)) {
        blocked.push(blockedBy(before, cause));
        return;
      }
      replaced.set(address, cause);
      creates.set(address, after);
      alters.delete(address);
    }
    drops.set(address, before);
    goOn(address, cause);
  };

  /** What cannot stay when an object is dropped, for good or to be made again. */
  const goOn = (address: Address, cause: Address): void => {
    for (const dependant of dependants.get(address) ?? []) dropDependant(dependant, address, cause);
    const object = current.get(address);
    const bound = object === undefined ? [] : (kindFor(kinds, object).bound?.(object) ?? []);
    for (const other of bound) if (current.has(other)) dropDependant(other, address, cause);
  };

  // Whoever leans on something that goes: altered away from it, dropped anyway, or dropped and created again.
  const dropDependant = (address: Address, on: Address, cause: Address): void => {
    if (drops.has(address)) return;
    const altered = alters.get(address);
    const stillLeans = (desired.get(address)?.dependsOn ?? []).includes(on);
    const goesAlong = (current.get(address)?.goesWith ?? []).includes(on);
    // Which key a foreign key leans on is the server's choice, and it takes the old one while that is there.
    const serverChooses = (isRebuilt(address) && isRebuilt(on)) || isAttracted(address, on);
    if (altered !== undefined && !stillLeans && !goesAlong && !serverChooses) return;
    if (outlives(address, on)) return;
    if (!desired.has(address)) {
      drops.set(address, current.get(address) as SchemaObject);
      goOn(address, cause);
      return;
    }
    replace(address, cause);
  };

  for (const change of input.changes) {
    if (change.type === 'drop') goOn(change.address, change.address);
  }
  for (const [address, change] of [...alters]) {
    if (!alters.has(address)) continue;
    // What moved to another parent is another object under the same name.
    const alteration = change.changed.has('parent') ? 'replace' : kindFor(kinds, change.after).alter(change, context);
    if (alteration === 'replace') replace(address, address);
    else if (alteration.disturbs) disturb(address, alteration, dependants);
    if (alteration === 'replace') continue;
    for (const each of alteration.makes ?? []) {
      handled.set(each, address);
      made.set(each, address);
    }
  }
  for (const each of made.keys()) for (const map of [creates, drops, alters, replaced]) map.delete(each);

  function disturb(address: Address, alteration: Exclude<Alteration, 'replace'>, by: Dependants): void {
    disturbing.add(address);
    const handles = new Set(alteration.handles ?? []);
    for (const each of handles) {
      handled.set(each, address);
      const object = current.get(each);
      // What lives in such an object is said with it.
      if (object === undefined || !input.unmanaged(object) || handles.has(object.parent ?? '')) continue;
      blocked.push(blockedBy(object, address, 'altered along'));
    }
    const visit = (of: Address, isRoot: boolean): void => {
      for (const next of by.get(of) ?? []) {
        const object = current.get(next);
        if (object === undefined) continue;
        if (handles.has(next)) visit(next, false);
        // What merely goes along (a sequence that the column owns) is let go before, and keeps what it holds.
        else if (alteration.remakes) {
          if (object.dependsOn.includes(of)) replace(next, address);
        } else if (isRoot && handles.size > 0 && object.parent !== address) replace(next, address);
        // The server rebuilds an expression as it is; one that changes too may not fit the new type, nor its new text the old one.
        else if ((!kindFor(kinds, object).rebuilt || alters.has(next)) && !(isRoot && object.parent === address && handles.size > 0)) {
          replace(next, address);
        }
      }
    };
    visit(address, true);
  }
  return work;
}

/** What is made anew for what lives in it, whose changes are part of that then. */
function parentsAnew(work: Work, { kinds, current }: WorkInput, context: OperationContext): ReadonlySet<Address> {
  const changes = [...[...work.creates.values()].map((after) => ({ before: null, after })), ...work.alters.values()];
  const asked = changes.flatMap(({ before, after }) => {
    const { parent } = after;
    if (parent === null || !current.has(parent) || context.isNew(parent)) return [];
    return kindFor(kinds, after).needsParentAnew?.(before, after, context) === true ? [parent] : [];
  });
  return new Set([...new Set(asked)].filter((parent) => context.whyNotAnew(parent) === null));
}

function livesIn(state: State, object: SchemaObject, replaced: ReadonlyMap<Address, Address>): boolean {
  for (let at = object.parent; at !== null; at = state.get(at)?.parent ?? null) if (replaced.has(at)) return true;
  return false;
}

function blockedBy(object: SchemaObject, cause: Address, how = 'dropped and created again'): Diagnostic {
  return {
    code: 'SC2301',
    severity: 'error',
    address: cause,
    summary: `${object.address} depends on ${cause} and is not managed here`,
    detail: `changing ${cause} would need ${object.address} to be ${how}, which is never done to an object out of scope`,
    hint: `add it to the desired state and to the scope: --manage '${object.address}'`,
  };
}
