/** Work -> jobs: asks the kinds for their statements and decides what rides along with what. Knows kinds only by their slots. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Alteration, Operation, OperationContext } from '../kinds/kind.js';
import type { Retirement } from '../kinds/retired-schema.js';
import { absorb } from './absorb.js';
import { childrenOf, operationContext, positionOf, type Sizes, siblingOrder } from './context.js';
import { retiredDrops } from './retired.js';
import type { Job, Role, Task } from './task.js';
import type { Work } from './work.js';

export interface JobsInput {
  readonly kinds: Kinds;
  readonly major: number;
  readonly online: boolean;
  readonly sizes: Sizes;
  readonly role: string | null;
  readonly database: string;
  readonly current: State;
  readonly desired: State;
  readonly work: Work;
  readonly retirement?: Retirement | null;
  readonly madeBefore: ReadonlySet<Address>;
  readonly hint: (address: Address, name: string) => string | null;
  readonly creation: OperationContext['creation'];
}

export interface Jobs {
  readonly creates: ReadonlyMap<Address, Job>;
  readonly drops: ReadonlyMap<Address, Job>;
  readonly alters: ReadonlyMap<Address, Job>;
  /** What alterations make beside the old thing first. */
  readonly prepares: ReadonlyMap<Address, Job>;
  /** Address -> the address whose CREATE (or DROP) carries it. */
  readonly createdWith: ReadonlyMap<Address, Address>;
  readonly droppedWith: ReadonlyMap<Address, Address>;
}

export function makeJobs(input: JobsInput): Jobs {
  const { kinds, work, desired, current } = input;
  const rankOf = (state: State) => (address: Address) => {
    const object = state.get(address);
    return object ? kindFor(kinds, object).rank : 0;
  };
  let inlinedChildren: (parent: Address) => readonly SchemaObject[] = () => [];
  const context = operationContext({ ...input, inlinedChildren: (parent) => inlinedChildren(parent) });

  const inlineCandidates = new Map<Address, Address>();
  for (const [address, object] of work.creates) {
    const parent = object.parent;
    if (parent === null || !work.creates.has(parent)) continue;
    if ((kindFor(kinds, object).inline?.(object, context) ?? null) !== null) inlineCandidates.set(address, parent);
  }
  const createdWith = absorb({
    nodes: work.creates.keys(),
    candidates: inlineCandidates,
    leansOn: (address) => desired.get(address)?.dependsOn ?? [],
    rank: rankOf(desired),
  });
  const order = siblingOrder(kinds);
  inlinedChildren = (parent) => (childrenOf(desired).get(parent) ?? []).filter((child) => createdWith.has(child.address)).sort(order);

  const droppedCandidates = new Map<Address, Address>();
  const { retired, apart } = retiredDrops(work, current, kinds, context);
  for (const [address, object] of work.drops) {
    if (retired.has(address) || apart.has(address)) continue;
    const carrier = [object.parent, ...object.goesWith].find((on) => on !== null && work.drops.has(on));
    if (carrier) droppedCandidates.set(address, carrier);
  }
  const droppedWith = absorb({
    nodes: work.drops.keys(),
    candidates: droppedCandidates,
    leansOn: (address) => current.get(address)?.dependsOn ?? [],
    rank: rankOf(current),
  });

  const creates = new Map<Address, Job>();
  const afterwards = new Map<Address, Operation[]>();
  for (const [address, object] of work.creates) {
    const carrier = createdWith.get(address);
    if (carrier === undefined) continue;
    const more = kindFor(kinds, object).afterInline?.(object, context) ?? [];
    afterwards.set(carrier, [...(afterwards.get(carrier) ?? []), ...more]);
  }
  for (const [address, object] of work.creates) {
    if (createdWith.has(address)) continue;
    const kind = kindFor(kinds, object);
    creates.set(
      address,
      job(address, 'create', [...kind.create(object, context), ...(afterwards.get(address) ?? [])], kind.rank, positionOf(object)),
    );
  }
  const drops = new Map<Address, Job>();
  for (const [address, object] of work.drops) {
    if (droppedWith.has(address)) continue;
    const kind = kindFor(kinds, object);
    const operations = (retired.has(address) ? kind.retire?.(object, context) : null) ?? kind.drop(object, context);
    drops.set(address, job(address, 'drop', operations, -kind.rank));
  }
  const alters = new Map<Address, Job>();
  const prepares = new Map<Address, Job>();
  for (const [address, change] of work.alters) {
    const kind = kindFor(kinds, change.after);
    const { operations, prepare, follows } = alterable(kind.alter(change, context), address);
    const ready = prepare === undefined ? operations : operations.map((each): Operation => ({ ...each, contract: true }));
    alters.set(address, { ...job(address, 'alter', ready, kind.rank), ...(follows ? { follows } : {}) });
    if (prepare !== undefined) prepares.set(address, job(address, 'prepare', prepare, kind.rank));
  }
  return { creates, drops, alters, prepares, createdWith, droppedWith };
}

function alterable(alteration: Alteration, address: Address): Exclude<Alteration, 'replace'> {
  if (alteration === 'replace') throw new Error(`${address} asks to be replaced after it was found alterable`);
  return alteration;
}

function job(address: Address, role: Role, operations: readonly Operation[], rank: number, position = 0): Job {
  const tasks: Task[] = operations.map((operation, index) => ({
    id: `${role} ${address}#${index}`,
    address,
    role,
    operation,
    rank,
    position,
  }));
  return { address, role, tasks };
}

export type { OperationContext };
