/** Rename hints -> rename statements and the state that they leave, measured in scratch. Knows kinds only by their rename slot. */

import { readCatalog } from '../catalog/read.js';
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Phase } from '../core/plan.js';
import { siblingAddress } from '../core/readdress.js';
import type { Hint } from '../desired/declaration.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind, Operation } from '../kinds/kind.js';
import { namePartsOf } from '../kinds/qualified-name.js';
import { runInTransaction } from '../scratch/execute.js';
import type { Scratch } from '../scratch/open.js';
import { closureOf } from './closure.js';
import { noCreation, operationContext, type Sizes } from './context.js';
import { inScratch } from './in-scratch.js';
import type { Unit } from './schedule.js';
import { seed } from './seed.js';
import type { Task } from './task.js';
import { throughTokens } from './tokens.js';
import { NO_WORK } from './work.js';

export interface RenameInput {
  readonly scratch: Scratch;
  readonly kinds: Kinds;
  readonly kindList: readonly Kind[];
  readonly major: number;
  readonly initial: State;
  readonly current: State;
  readonly desired: State;
  readonly hints: readonly Hint[];
  /** Keep old names usable until the contract phase, where there is a way. */
  readonly bothNames: boolean;
  readonly sizes: Sizes;
  /** Addresses that an open plan is about: what is renamed there it brings to its end itself. */
  readonly inTransition: ReadonlySet<Address>;
}

/** Statements of renames: those that come before everything else, and those that come after it. */
export interface RenameUnits {
  readonly first: readonly Unit[];
  readonly last: readonly Unit[];
}

export interface Renamed {
  /** Current state as it will read after the renames. */
  readonly state: State;
  readonly units: RenameUnits;
  readonly changes: readonly Change[];
  /** Live objects that are renamed: part of what the plan touches. */
  readonly touched: readonly Address[];
  readonly diagnostics: readonly Diagnostic[];
  /** Hints that were understood, whether or not they led to a statement. */
  readonly used: readonly Hint[];
}

export const RENAMED_FROM = 'renamed_from';

/** Renames outer things first, so that a column is found under the new name of its table. */
export async function applyRenames(input: RenameInput): Promise<Renamed> {
  const hints = input.hints.filter((hint) => hint.name === RENAMED_FROM);
  const diagnostics: Diagnostic[] = [...sharedOldNames(hints, input.desired)];
  const none: Renamed = { state: input.current, units: { first: [], last: [] }, changes: [], touched: [], diagnostics, used: [] };
  if (hints.length === 0) return none;
  const depth = (hint: Hint): number => input.desired.get(hint.address)?.parts.length ?? 0;
  const ordered = [...hints].sort((a, b) => depth(a) - depth(b) || (a.address < b.address ? -1 : 1));

  let state: State = input.current;
  let scratchState: State | null = null;
  const changes: Change[] = [];
  const tasks = { plain: [] as Task[], expand: [] as Task[], now: [] as Task[], last: [] as Task[] };
  const touched: Address[] = [];
  const used: Hint[] = [];
  const database = await input.scratch.newDatabase();
  try {
    for (const [place, hint] of ordered.entries()) {
      const wanted = input.desired.get(hint.address);
      if (wanted === undefined) continue;
      used.push(hint);
      const from = siblingAddress(wanted, lastName(hint.value));
      if (input.inTransition.has(hint.address) || input.inTransition.has(from)) continue;
      const verdict = judge(hint, wanted, from, state, input);
      if (verdict !== 'rename') {
        if (verdict !== null) diagnostics.push(verdict);
        continue;
      }
      const kind = kindFor(input.kinds, wanted);
      if (kind.rename === undefined) {
        diagnostics.push(
          finding('SC2105', hint, `PostgreSQL cannot rename a ${kind.name}`, 'remove the hint; it will be dropped and added'),
        );
        continue;
      }
      if (scratchState === null) {
        // One seed for all: what any of the hints may touch.
        const roots = ordered.flatMap((each) => oldAddresses(each, input));
        const objects = closureOf(input.current, roots, input.kinds);
        scratchState = (await seed({ ...input, client: database.client, objects })).state;
      }
      const before: State = scratchState;
      const context = operationContext({
        ...input,
        current: state,
        online: true,
        sizes: input.sizes,
        role: null,
        database: '',
        work: NO_WORK,
        madeBefore: new Set(),
        hint: () => null,
        creation: noCreation,
        inlinedChildren: () => [],
      });
      const [object, to] = [state.get(from) as SchemaObject, wanted.parts.at(-1) ?? ''];
      const operations = kind.rename(object, to, context);
      const later = new Set(ordered.slice(place + 1).flatMap((each) => oldAddresses(each, { ...input, current: state })));
      const slow = input.bothNames ? (kind.renameSlowly?.(object, to, operations, context, later) ?? null) : null;
      await runInTransaction(database.client, operations.flatMap(inScratch));
      scratchState = await readCatalog(database.client, { major: input.major, kinds: input.kindList });
      state = carryOver(state, before, scratchState, from, hint.address);
      const task = (operation: Operation, index: number): Task => ({
        id: `rename ${hint.address}#${index}`,
        address: hint.address,
        role: 'alter',
        operation,
        rank: kind.rank,
        position: 0,
      });
      if (slow === null) tasks.plain.push(...operations.map(task));
      else {
        tasks.expand.push(...slow.expand.map(task));
        tasks[slow.renamesIn === 'contract' ? 'now' : 'last'].push(...slow.contract.map(task));
      }
      changes.push({ type: 'rename', address: hint.address, from });
      touched.push(...renamedAt(from, input));
    }
  } finally {
    await database.drop();
  }
  const units: RenameUnits = {
    first: [...unitsOf(tasks.plain, 'expand'), ...unitsOf(tasks.expand, 'expand'), ...unitsOf(tasks.now, 'contract')],
    last: unitsOf(tasks.last, 'contract'),
  };
  return { state, units, changes, touched, diagnostics, used };
}

/** In their order; what may share a transaction with its neighbours does. */
function unitsOf(tasks: readonly Task[], phase: Phase): readonly Unit[] {
  const units: Unit[] = [];
  let open: Task[] | null = null;
  for (const task of tasks) {
    const mode = task.operation.mode ?? 'shared';
    if (mode === 'shared' && open !== null) {
      open.push(task);
      continue;
    }
    const own = [task];
    open = mode === 'shared' ? own : null;
    units.push({ phase, transaction: mode === 'none' ? 'none' : 'transaction', tasks: own });
  }
  return units;
}

/** The live state with everything that the rename changed in scratch changed the same way. */
function carryOver(live: State, before: State, after: State, from: Address, to: Address): State {
  const result = new Map(live);
  for (const address of before.keys()) if (!after.has(address)) result.delete(address);
  for (const [address, object] of after) {
    const was = before.get(address);
    if (was !== undefined && JSON.stringify(was) === JSON.stringify(object)) continue;
    const origin = was ?? before.get(oldNameOf(address, from, to));
    const liveOrigin = live.get(origin?.address ?? '');
    result.set(address, origin && liveOrigin ? merge(object, origin, liveOrigin) : object);
  }
  return result;
}

/** Attributes that the rename left alone keep their live values, where scratch words them differently. */
function merge(object: SchemaObject, seeded: SchemaObject, live: SchemaObject): SchemaObject {
  const tokens = new Map(
    Object.entries(seeded.attributes).map(([name, value]) => [name, { seed: canonical(value), live: live.attributes[name] ?? null }]),
  );
  return throughTokens(object, new Map([[object.address, tokens]]));
}

const canonical = (value: unknown): string => JSON.stringify(value);

function oldNameOf(address: Address, from: Address, to: Address): Address {
  const newName = to.slice(to.indexOf(':') + 1);
  const oldName = from.slice(from.indexOf(':') + 1);
  return address.replace(newName, oldName);
}

function oldAddresses(hint: Hint, input: RenameInput): readonly Address[] {
  const wanted = input.desired.get(hint.address);
  if (wanted === undefined) return [];
  return renamedAt(siblingAddress(wanted, lastName(hint.value)), input);
}

/** The live object, and those that are renamed along. */
function renamedAt(from: Address, { current, kinds }: RenameInput): readonly Address[] {
  const object = current.get(from);
  return object === undefined ? [] : [from, ...(kindFor(kinds, object).renamedWith?.(object, current) ?? [])];
}

function judge(hint: Hint, wanted: SchemaObject, from: Address, state: State, input: RenameInput): 'rename' | Diagnostic | null {
  const oldExists = state.has(from);
  const newExists = state.has(wanted.address);
  if (input.desired.has(from)) {
    return finding(
      'SC2103',
      hint,
      `${from} is renamed to ${wanted.address} and declared as well`,
      `remove the declaration of ${from}, or the hint`,
    );
  }
  if (oldExists && newExists) {
    return finding('SC2104', hint, `both ${from} and ${wanted.address} exist`, `drop one of them by hand, or remove the hint`);
  }
  if (oldExists) return 'rename';
  if (newExists) {
    return {
      ...finding('SC2102', hint, `${wanted.address} is renamed already`, 'remove the hint: it has done its work'),
      severity: 'info',
    };
  }
  return {
    ...finding('SC2106', hint, `neither ${from} nor ${wanted.address} exists: it is added`, 'remove the hint if this is a new database'),
    severity: 'info',
  };
}

function sharedOldNames(hints: readonly Hint[], desired: State): readonly Diagnostic[] {
  const byOld = new Map<Address, Hint[]>();
  for (const hint of hints) {
    const wanted = desired.get(hint.address);
    if (wanted === undefined) continue;
    const old = siblingAddress(wanted, lastName(hint.value));
    byOld.set(old, [...(byOld.get(old) ?? []), hint]);
  }
  return [...byOld].flatMap(([old, list]) =>
    list.length < 2
      ? []
      : [
          {
            ...finding('SC2107', list[1] as Hint, `two objects are renamed from ${old}`, 'keep one of the hints'),
            related: [{ message: 'the first hint is here', span: (list[0] as Hint).span }],
          },
        ],
  );
}

/** A hint gives the bare old name; quotes and a leading qualification are tolerated. */
export function lastName(value: string): string {
  return namePartsOf(value.trim()).at(-1)?.trim() ?? value;
}

function finding(code: string, hint: Hint, summary: string, advice: string): Diagnostic {
  return { code, severity: 'error', summary, hint: advice, address: hint.address, span: hint.span };
}
