/**
 * What an open plan has left between two states and will still change is no difference of its own: the changes that it explains, and where
 * the desired state has moved away from it. Pure; knows no kind.
 */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import type { Hash } from '../core/plan.js';
import { hashObject, type Kinds } from '../kinds/hashing.js';
import type { OpenPlan } from './past.js';

export interface TransitionInput {
  readonly changes: readonly Change[];
  readonly open: readonly OpenPlan[];
  /** Both within the scope. */
  readonly desired: State;
  readonly current: State;
  readonly kinds: Kinds;
  /** Attributes that a declaration leaves to the server, by address: they are as they are in the database. */
  readonly unset: ReadonlyMap<Address, readonly string[]>;
  /** Digest of the desired files: a plan that was made from the same ones leads to the same state, whatever its words. */
  readonly digest: Hash;
}

export interface Explained {
  /** Those that no open plan will bring about. */
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @returns an error for each open plan that leads to where the desired state no longer is. */
export function withoutOpenPlans(input: TransitionInput): Explained {
  const diagnostics: Diagnostic[] = [];
  const explained = new Set<Address>();
  for (const plan of input.open) {
    if (!plan.begun) {
      diagnostics.push(waits(plan));
      continue;
    }
    const away = plan.desired === input.digest ? [] : movedAway(plan, input);
    diagnostics.push(away.length === 0 ? waits(plan) : leftBehind(plan, away));
    for (const address of plan.ends.keys()) explained.add(address);
  }
  return { changes: input.changes.filter(({ address }) => !explained.has(address)), diagnostics };
}

function movedAway(plan: OpenPlan, { desired, current, kinds, unset }: TransitionInput): readonly Address[] {
  return [...plan.ends].flatMap(([address, end]) => {
    const wanted = desired.get(address);
    if (wanted === undefined && !current.has(address)) return [];
    if (wanted === undefined) return end === null ? [] : [address];
    const left = (unset.get(address) ?? []).map((name) => [name, current.get(address)?.attributes[name] ?? null]);
    const whole = { ...wanted, attributes: { ...wanted.attributes, ...Object.fromEntries(left) } };
    return hashObject(kinds, whole) === end ? [] : [address];
  });
}

function waits({ id, started_at, steps_done, steps, waits_for }: OpenPlan): Diagnostic {
  const at = `started at ${started_at}, ${steps_done} of its ${steps} steps are done`;
  if (waits_for === 'contract') {
    return {
      code: 'SC2403',
      severity: 'warning',
      summary: `plan ${id} is open and waits for its contract phase: ${at}`,
      hint: `run it with schemactl apply PLAN --phase contract once nobody needs the old way, or give it up with schemactl abort ${id}`,
    };
  }
  return {
    code: 'SC2403',
    severity: 'warning',
    summary: `plan ${id} is open: ${at}`,
    hint: `finish it with apply, or give it up with schemactl abort ${id}; a plan about the same objects is refused until then`,
  };
}

function leftBehind({ id }: OpenPlan, away: readonly Address[]): Diagnostic {
  const [first = ''] = away;
  return {
    code: 'SC2404',
    severity: 'error',
    summary: `plan ${id} is open, and the desired state has moved away from where it leads`,
    address: first,
    detail: [...away.slice(0, 10), ...(away.length > 10 ? [`and ${away.length - 10} more`] : [])].join('\n'),
    hint: `give it up with schemactl abort ${id} and plan again, or plan from where it stands with --supersede ${id}`,
  };
}
