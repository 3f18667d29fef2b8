/** Where in its chain of states a plan stands, from what the database reads as now. Pure; knows no kind. */
import type { Address } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Footprint, Hash, PlanBody, PlanStep } from '../core/plan.js';
import { matchesObject } from '../diff/declared-names.js';
import { hashObject } from '../kinds/hashing.js';
import { kindByName } from '../kinds/registry.js';
import { rootOf } from '../plan/roots.js';
import { type Along, NONE_ALONG } from './going-along.js';

export type Hashes = ReadonlyMap<Address, Hash>;

export function hashesOf(state: State): Hashes {
  return new Map([...state.values()].map((object) => [object.address, hashObject(kindByName, object)]));
}

/** Fn of the chain F0, F1 …: the footprint as it is after the first `done` steps, where steps that go `along` go with the step that takes them. */
export function footprintAfter(body: PlanBody, done: number, along: Along = NONE_ALONG): Footprint {
  const footprint = Object.assign(Object.create(null), body.footprint) as { [address: Address]: Hash | null };
  for (const { id, after } of body.steps) {
    const isThere = Number(along.get(id) ?? id) <= done;
    if (isThere) Object.assign(footprint, after);
    else if (Number(id) <= done) for (const address of Object.keys(after)) footprint[address] = body.footprint[address] ?? null;
  }
  return footprint;
}

/**
 * What differs between the database and the plan's state after `done` steps, one finding per object: what the footprint names, and what
 * else has come to be in something of which the footprint holds every part.
 */
export function movedSince(body: PlanBody, done: number, state: State, along?: Along): readonly Diagnostic[] {
  const expected = footprintAfter(body, done, along);
  return [...movedObjects(expected, state), ...strangers(body, expected, state)];
}

/** What moved, one finding per object, for objects whose hashes were `expected` (null: no such object). Nothing else is hashed. */
function movedObjects(expected: Footprint, state: State): readonly Diagnostic[] {
  return Object.entries(expected).flatMap(([address, was]) => {
    const object = state.get(address);
    const now = object === undefined ? null : hashObject(kindByName, object);
    return now === was ? [] : [moved(address, was, now)];
  });
}

/**
 * Objects in a family, and such as act on whatever is made (triggers on DDL, default privileges), that the state of the chain does not
 * know. A footprint names objects, so it cannot miss what was added.
 */
function strangers(body: PlanBody, expected: Footprint, state: State): readonly Diagnostic[] {
  const families = new Set(body.families ?? []);
  if (families.size === 0) return [];
  const matters = ({ address, kind }: SchemaObject): boolean =>
    families.has(rootOf(state, address)) || kindByName.get(kind)?.ambient === true;
  return [...state.values()]
    .filter((object) => !Object.hasOwn(expected, object.address) && matters(object))
    .filter((object) => !matchesObject(body.scope.ignored, object, kindByName))
    .map((object) => moved(object.address, null, ''));
}

export function moved(address: Address, before: string | null, now: string | null): Diagnostic {
  const what = before === null ? 'was added' : now === null ? 'was dropped' : 'was changed';
  return { code: 'SC6232', severity: 'error', summary: `${address} ${what}`, address };
}

/** Of several findings, without those that another explains: a dropped table takes its columns along. */
export function rootsOnly(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const names = findings.map((finding) => ({ finding, name: (finding.address ?? '').replace(/^[a-z_]+:/, '') }));
  return names
    .filter(({ finding, name }) =>
      names.every(
        (other) => other.finding === finding || !(name.startsWith(`${other.name}.`) && sameVerb(finding.summary, other.finding.summary)),
      ),
    )
    .map(({ finding }) => finding);
}

function sameVerb(a: string, b: string): boolean {
  return a.split(' ').at(-1) === b.split(' ').at(-1) && !a.endsWith('changed');
}

export function stepsOf(body: PlanBody, phase: 'expand' | 'contract' | 'all'): readonly PlanStep[] {
  return body.steps.filter((step) => phase === 'all' || step.phase === phase);
}

/** Everything that the plan looks at or changes. */
export function footprintOf(body: PlanBody): ReadonlySet<Address> {
  return new Set(Object.keys(footprintAfter(body, body.steps.length)));
}

/** What its steps change. */
export function touchedBy(body: PlanBody): ReadonlySet<Address> {
  return new Set(body.steps.flatMap((step) => [...Object.keys(step.before), ...Object.keys(step.after)]));
}

/** What is there only while the plan is open: neither before its first step nor after its last. */
export function passing(body: PlanBody): readonly Address[] {
  const last = footprintAfter(body, body.steps.length);
  return [...touchedBy(body)]
    .filter((address) => (body.footprint[address] ?? null) === null && (last[address] ?? null) === null)
    .filter((address) => body.steps.some(({ after }) => (after[address] ?? null) !== null))
    .sort();
}
