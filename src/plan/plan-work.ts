/** Changes between two states -> ordered units of statements: the planner proper, pure, over slots and graphs. Names no kind. */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Kinds } from '../kinds/hashing.js';
import type { Retirement } from '../kinds/retired-schema.js';
import { type Locked, lockedApart } from './apart.js';
import { operationContext, type Sizes } from './context.js';
import { makeJobs, type OperationContext } from './jobs.js';
import { rootOf } from './roots.js';
import { schedule, type Timing, type Unit } from './schedule.js';
import type { Task } from './task.js';
import { taskGraph } from './task-graph.js';
import { decideWork, type Work } from './work.js';

export interface PlanWorkInput {
  readonly kinds: Kinds;
  readonly major: number;
  readonly online: boolean;
  readonly sizes: Sizes;
  readonly role: string | null;
  readonly database: string;
  readonly changes: readonly Change[];
  readonly current: State;
  readonly desired: State;
  readonly retirement?: Retirement | null;
  /** Made earlier in the same plan. */
  readonly madeBefore: ReadonlySet<Address>;
  readonly unmanaged: (object: SchemaObject) => boolean;
  readonly hint: (address: Address, name: string) => string | null;
}

export interface PlannedWork {
  readonly units: readonly Unit[];
  readonly work: Work;
  readonly diagnostics: readonly Diagnostic[];
}

/** @throws DiagnosticError SC2302 when statements wait for each other in a circle. */
export function planWork(input: PlanWorkInput): PlannedWork {
  const { kinds, current, desired } = input;
  const creation = creationFor(input);
  const work = decideWork(input, (growing) => operationContext({ ...input, work: growing, creation, inlinedChildren: () => [] }));
  if (work.blocked.length > 0) throw new DiagnosticError(work.blocked);
  const jobs = makeJobs({ ...input, work, creation });
  const { graph, cycles } = taskGraph(jobs, work, current, desired, kinds);
  if (cycles.length > 0) throw new DiagnosticError(cycles.map(circle));
  const timing = (task: Task): Timing => {
    if (task.operation.contract) return 'contract';
    if (task.role !== 'drop') return 'early';
    return work.replaced.has(task.address) ? 'bound' : 'late';
  };
  const units = schedule(graph, timing).flatMap((unit) => lockedApart(unit, graph, locked(input)));
  return { units, work, diagnostics: [] };
}

/** With `--direct` one transaction does all that it can. */
function locked({ current, desired, sizes, online }: PlanWorkInput): Locked {
  const root = (address: Address): Address => rootOf(current.has(address) ? current : desired, address);
  return {
    tableOf: (address) => (current.has(root(address)) ? root(address) : null),
    isLarge: (table) => online && (sizes.of(table)?.bytes ?? 0) > sizes.rewrite_bytes,
  };
}

/** Of the same planner: what is made beside something is a plan of its own within the plan. */
function creationFor(input: PlanWorkInput): OperationContext['creation'] {
  return (objects, state) => {
    const current = new Map(state);
    for (const { address } of objects) current.delete(address);
    const changes = objects.map((after): Change => ({ type: 'add', address: after.address, after }));
    const { units } = planWork({ ...input, online: false, changes, current, desired: state, hint: () => null });
    return units.flatMap(({ tasks }) => tasks.map(({ operation }) => operation));
  };
}

function circle(addresses: readonly Address[]): Diagnostic {
  return {
    code: 'SC2302',
    severity: 'error',
    summary: `these changes wait for each other: ${addresses.slice(0, 6).join(' -> ')}`,
    detail:
      addresses.length > 6
        ? `${addresses.length} objects are in the circle`
        : 'no order of statements leads from the one state to the other',
    hint: 'make the change in two plans: first without the dependency that closes the circle, then with it',
    address: addresses[0] as Address,
  };
}
