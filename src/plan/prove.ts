/** Runs a plan in scratch, unit by unit, and reads what each leaves behind: the hashes of the plan are measured here. Knows no kind. */
import type { ClientBase } from 'pg';
import { readCatalog } from '../catalog/read.js';
import type { Address } from '../core/address.js';
import type { State } from '../core/object.js';
import type { Hash } from '../core/plan.js';
import { hashObject, type Kinds } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import { runAlone, runInTransaction, StatementError } from '../scratch/execute.js';
import type { Unit } from './schedule.js';
import { type Seeded, throughTokens } from './seed.js';

export interface ProofInput {
  readonly client: ClientBase;
  readonly kinds: Kinds;
  readonly kindList: readonly Kind[];
  readonly major: number;
  readonly seeded: Seeded;
  /** The live objects that were seeded. */
  readonly live: State;
  readonly units: readonly Unit[];
}

export interface UnitProof {
  /** What the unit touched: hashes before and after; null: not there. */
  readonly before: Readonly<Record<Address, Hash | null>>;
  readonly after: Readonly<Record<Address, Hash | null>>;
  /** What scratch held before and after it. */
  readonly states: { readonly before: State; readonly after: State };
  readonly failure: StatementError | null;
}

export interface Proof {
  readonly units: readonly UnitProof[];
  /** What the live database is expected to read as at the end, for the seeded part. */
  readonly end: State;
  /** Raw end state in scratch. */
  readonly scratchEnd: State;
}

/** Stops at the first unit that fails; the rest have no proof. */
export async function prove(input: ProofInput): Promise<Proof> {
  const { client, kinds, seeded } = input;
  const seedHash = hashes(seeded.state, kinds);
  const liveHash = hashes(input.live, kinds);
  // As live, unless the plan changed it: then as measured, with seed texts turned back into live texts.
  const liveView = (address: Address, state: State, raw: ReadonlyMap<Address, Hash>): Hash | null => {
    const measured = raw.get(address);
    if (measured === undefined) return null;
    if (measured === seedHash.get(address)) return liveHash.get(address) ?? measured;
    const object = state.get(address);
    return object === undefined ? null : hashObject(kinds, throughTokens(object, seeded.tokens));
  };
  let state = seeded.state;
  let raw = seedHash;
  const proofs: UnitProof[] = [];
  for (const unit of input.units) {
    try {
      await runUnit(client, unit);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      proofs.push({ before: {}, after: {}, states: { before: state, after: state }, failure: error });
      break;
    }
    const next = await readCatalog(client, { major: input.major, kinds: input.kindList, often: true });
    const nextRaw = hashes(next, kinds);
    const before: Record<Address, Hash | null> = {};
    const after: Record<Address, Hash | null> = {};
    const addresses = new Set([...raw.keys(), ...nextRaw.keys()]);
    for (const address of [...addresses].sort()) {
      if (raw.get(address) === nextRaw.get(address)) continue;
      before[address] = liveView(address, state, raw);
      after[address] = liveView(address, next, nextRaw);
    }
    proofs.push({ before, after, states: { before: state, after: next }, failure: null });
    state = next;
    raw = nextRaw;
  }
  const end = new Map(
    [...state].map(([address, object]) => {
      const unchanged = raw.get(address) === seedHash.get(address);
      return [address, (unchanged ? input.live.get(address) : undefined) ?? throughTokens(object, seeded.tokens)] as const;
    }),
  );
  return { units: proofs, end, scratchEnd: state };
}

async function runUnit(client: ClientBase, unit: Unit): Promise<void> {
  const statements = unit.tasks.map((task) => task.operation.sql);
  if (unit.transaction === 'transaction') await runInTransaction(client, statements);
  else for (const sql of statements) await runAlone(client, sql);
}

function hashes(state: State, kinds: Kinds): ReadonlyMap<Address, Hash> {
  return new Map([...state.values()].map((object) => [object.address, hashObject(kinds, object)]));
}
