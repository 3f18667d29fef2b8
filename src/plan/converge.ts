/**
 * Finds the units that lead to the desired state and proves it: plans, runs in scratch, compares what came out with what was
 * wanted, and plans what is left (an ACL that default privileges gave, a name that a clone took) until nothing is. Knows no kind.
 */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import type { Retirement } from '../kinds/retired-schema.js';
import type { Scratch } from '../scratch/open.js';
import { closureOf } from './closure.js';
import type { Sizes } from './context.js';
import { planWork } from './plan-work.js';
import { type Proof, prove } from './prove.js';
import type { RenameUnits } from './renames.js';
import type { Unit } from './schedule.js';
import { type Seeded, seed } from './seed.js';
import type { Work } from './work.js';

export interface ConvergeInput {
  readonly scratch: Scratch;
  readonly kinds: Kinds;
  readonly kindList: readonly Kind[];
  readonly major: number;
  readonly online: boolean;
  readonly sizes: Sizes;
  readonly retirement: Retirement | null;
  /** Role that the plan runs as. */
  readonly role: string | null;
  /** Name of the live database. */
  readonly database: string;
  readonly initial: State;
  /** The live database as it is, before any rename. */
  readonly live: State;
  /** The live database as it will be after the renames. */
  readonly current: State;
  readonly renames: RenameUnits;
  readonly renamedFrom: readonly Address[];
  /** Everything that is to be there: desired objects and what stays. */
  readonly target: State;
  readonly changes: readonly Change[];
  readonly unmanaged: (object: SchemaObject) => boolean;
  readonly hint: (address: Address, name: string) => string | null;
  /** Differences between a database and the target that count, from the whole of its state. */
  readonly differences: (state: State) => readonly Change[];
}

export interface Converged {
  readonly units: readonly Unit[];
  readonly proof: Proof;
  readonly seeded: Seeded;
  /** The part of the live database that the plan leans on. */
  readonly footprint: State;
  /** One per round: the first is what the changes asked for. */
  readonly work: readonly Work[];
  /** The whole live database as it is expected to read at the end. */
  readonly endState: State;
  /** Why the end could not be shown to be the desired state; empty when it was. */
  readonly unproven: readonly string[];
}

const ROUNDS = 4;

/** @throws DiagnosticError SC8101 when a statement of the plan fails in scratch */
export async function converge(input: ConvergeInput): Promise<Converged> {
  let ahead: readonly Unit[] = input.renames.first;
  const works: Work[] = [];
  let changes = input.changes;
  let current = input.current;
  for (let round = 1; ; round += 1) {
    const next = planWork({
      ...input,
      madeBefore: new Set(works.flatMap((work) => [...work.creates.keys()])),
      current,
      desired: input.target,
      changes,
    });
    works.push(next.work);
    // What is found to be left comes after all that was planned before, and so after a contract phase belongs to it.
    const isContract = ahead.some(({ phase }) => phase === 'contract');
    ahead = [...ahead, ...next.units.map((unit): Unit => (isContract ? { ...unit, phase: 'contract' } : unit))];
    const units = [...ahead, ...input.renames.last];
    const touched = [...input.renamedFrom, ...works.flatMap((work) => touchedBy(work, input.target))];
    const footprint = withLocked(closureOf(input.live, touched, input.kinds), touched, units, input);
    const { seeded, proof } = await runInScratch(input, footprint, units);
    const failed = proof.units.find((unit) => unit.failure !== null);
    if (failed?.failure) throw new DiagnosticError([refused(failed.failure, seeded)]);
    const endState = stateAtEnd(input.live, footprint, proof);
    const planned = new Set(works.flatMap((work) => [...work.creates.keys(), ...work.alters.keys(), ...work.made.keys()]));
    const left = input.differences(endState).filter((change) => !isOtherWording(change, planned, input.kinds));
    if (left.length === 0 || round === ROUNDS) {
      const unproven = left.map((change) => `${change.address} would still differ after the last step`);
      return { units, proof, seeded, footprint, work: works, endState, unproven };
    }
    changes = left;
    current = endState;
  }
}

const NOTHING_SEEDED: Seeded = { state: new Map(), rows: new Map(), tokens: new Map(), unfaithful: new Map() };

async function runInScratch(
  input: ConvergeInput,
  footprint: State,
  units: readonly Unit[],
): Promise<{ readonly seeded: Seeded; readonly proof: Proof }> {
  if (units.length === 0) return { seeded: NOTHING_SEEDED, proof: { units: [], end: footprint } };
  const database = await input.scratch.newDatabase();
  try {
    const seeded = await seed({ ...input, client: database.client, objects: footprint });
    await database.becomeApplier();
    const proof = await prove({ ...input, client: database.client, seeded, live: footprint, units });
    return { seeded, proof };
  } finally {
    await database.drop();
  }
}

/** Outside the seeded part the live database stays what it is, but for what the plan made or changed there. */
function stateAtEnd(live: State, footprint: State, proof: Proof): State {
  const touched = new Set(proof.units.flatMap((unit) => Object.keys(unit.after)));
  const end = new Map([...live].filter(([address]) => !footprint.has(address) && !touched.has(address)));
  for (const [address, object] of proof.end) if (footprint.has(address) || touched.has(address)) end.set(address, object);
  return end;
}

/** Statements may be about more than the object that they are for: the same foreign key on every partition, at whatever depth. */
function withLocked(footprint: State, touched: readonly Address[], units: readonly Unit[], { live, kinds }: ConvergeInput): State {
  const locked = units.flatMap(({ tasks }) => tasks.flatMap(({ operation }) => operation.lock?.address ?? []));
  const missing = locked.filter((address) => live.has(address) && !footprint.has(address));
  return missing.length === 0 ? footprint : closureOf(live, [...touched, ...missing], kinds);
}

function touchedBy(work: Work, desired: State): readonly Address[] {
  const made = [...work.made.keys()].flatMap((address) => desired.get(address) ?? []);
  const leaned = [...work.creates.values(), ...[...work.alters.values()].map((change) => change.after), ...made].flatMap(
    (object) => object.dependsOn,
  );
  return [
    ...work.creates.keys(),
    ...work.drops.keys(),
    ...work.alters.keys(),
    ...work.handled.keys(),
    ...leaned.filter((address) => !work.creates.has(address)),
  ];
}

/** Made from the desired text itself, so that a text that reads back otherwise is the same thing in other words. */
function isOtherWording(change: Change, planned: ReadonlySet<Address>, kinds: Kinds): boolean {
  if (change.type !== 'set' || !planned.has(change.address)) return false;
  return change.attributes.every((name) => kindFor(kinds, change.after).attributes[name] === 'text');
}

/** insufficient_privilege: on a scratch server that is not ours the role is what it is there. */
const FORBIDDEN = '42501';
const HINT_FORBIDDEN =
  'nothing was changed; plan with --scratch embedded, where the role may do everything, and apply says what it lacks on the live database';
const HINT_OTHERWISE =
  'nothing was changed; if the statement is right on the live database, give a scratch server that is more like it with --scratch URL';

function refused(failure: NonNullable<Proof['units'][number]['failure']>, seeded: Seeded): Diagnostic {
  const reasons = [...seeded.unfaithful].slice(0, 3).map(([address, reason]) => `${address}: ${reason}`);
  const sqlstate = (failure.cause as { code?: string }).code;
  return {
    code: 'SC8101',
    severity: 'error',
    summary: `a statement of the plan fails in scratch: ${failure.cause.message}`,
    detail: [
      `SQLSTATE ${sqlstate ?? 'unknown'}`,
      failure.sql,
      ...(reasons.length > 0 ? ['scratch differs from the live database:', ...reasons] : []),
    ].join('\n'),
    hint: sqlstate === FORBIDDEN ? HINT_FORBIDDEN : HINT_OTHERWISE,
  };
}
