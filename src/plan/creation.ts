/** The statements that make objects in a database that holds little; pure, knows no kind. */
import type { Change } from '../core/change.js';
import type { State } from '../core/object.js';
import { differingAttributes, type Kinds } from '../kinds/hashing.js';
import { NO_SIZES } from './context.js';
import { planWork } from './plan-work.js';
import type { Task } from './task.js';

export interface CreationInput {
  readonly objects: State;
  /** What the database holds already. */
  readonly initial: State;
  readonly major: number;
  readonly kinds: Kinds;
  /** What the statements call it; in scratch nothing does. */
  readonly database: string;
}

/** Statements, in order, that make the objects. */
export function planCreation({ objects, initial, major, kinds, database }: CreationInput): readonly Task[] {
  const changes = [...objects.values()].flatMap((object): readonly Change[] => {
    const before = initial.get(object.address);
    if (before === undefined) return [{ type: 'add', address: object.address, after: object }];
    const attributes = differingAttributes(kinds, before, object);
    if (attributes.length === 0) return [];
    return [{ type: 'set', address: object.address, before, after: object, attributes }];
  });
  // What initdb makes and the live database no longer has (a revoked privilege on schema public).
  const gone = [...initial.values()]
    .filter((object) => !objects.has(object.address) && object.parent !== null && objects.has(object.parent))
    .map((before): Change => ({ type: 'drop', address: before.address, before }));
  const { units } = planWork({
    kinds,
    major,
    online: false,
    sizes: NO_SIZES,
    role: null,
    database,
    changes: [...changes, ...gone],
    current: initial,
    desired: objects,
    madeBefore: new Set(),
    unmanaged: () => false,
    hint: () => null,
  });
  return units.flatMap((unit) => unit.tasks);
}
