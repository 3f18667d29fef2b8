/** Runs a plan in scratch, unit by unit, and reads what each leaves behind: the hashes of the plan are measured here. Knows no kind. */
import type { ClientBase } from 'pg';
import { readDatabase } from '../catalog/read.js';
import type { Address } from '../core/address.js';
import { canonicalJson } from '../core/json.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Hash } from '../core/plan.js';
import { differingAttributes, hashObject, type Kinds } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import { runAlone, runInTransaction, StatementError } from '../scratch/execute.js';
import { inScratch } from './in-scratch.js';
import { quieten } from './quieten.js';
import type { Unit } from './schedule.js';
import type { Seeded } from './seed.js';
import { type Content, carryTokens, type Token, type Tokens, throughTokens } from './tokens.js';

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
  /** What the live database is expected to read as before and after it, for the seeded part. */
  readonly states: { readonly before: State; readonly after: State };
  /** Objects of which it is not known how they read afterwards. */
  readonly doubtful: readonly Address[];
  readonly failure: StatementError | null;
}

export interface Proof {
  readonly units: readonly UnitProof[];
  /** What the live database is expected to read as at the end, for the seeded part. */
  readonly end: State;
}

/** Stops at the first unit that fails; the rest have no proof. */
export async function prove(input: ProofInput): Promise<Proof> {
  const { client, kinds, seeded } = input;
  const likeness = likenessOf(input);
  let content: Content = seeded;
  let tokens = seeded.tokens;
  let view = likeness(content, tokens);
  const proofs: UnitProof[] = [];
  for (const unit of input.units) {
    try {
      await runUnit(client, unit);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      proofs.push({ before: {}, after: {}, states: { before: view.state, after: view.state }, doubtful: [], failure: error });
      break;
    }
    const left = await readDatabase(client, { major: input.major, kinds: input.kindList, often: true });
    const carried = carryTokens(tokens, content, left, unit);
    const changed = [...left.state.values()].filter((object) => {
      const was = content.state.get(object.address);
      return was === undefined || differingAttributes(kinds, was, object).length > 0;
    });
    const quiet = await quieten(
      input,
      left,
      changed.map((object) => object.address),
    );
    const [next, nextTokens] = quiet === null ? [left, carried.tokens] : [quiet, standingFor(left, quiet, carried.tokens, kinds)];
    const nextView = likeness(next, nextTokens);
    const before: Record<Address, Hash | null> = {};
    const after: Record<Address, Hash | null> = {};
    for (const address of [...new Set([...view.hashes.keys(), ...nextView.hashes.keys()])].sort()) {
      if (view.hashes.get(address) === nextView.hashes.get(address)) continue;
      before[address] = view.hashes.get(address) ?? null;
      after[address] = nextView.hashes.get(address) ?? null;
    }
    proofs.push({ before, after, states: { before: view.state, after: nextView.state }, doubtful: carried.lost, failure: null });
    [content, tokens, view] = [next, nextTokens, nextView];
  }
  return { units: proofs, end: view.state };
}

interface View {
  readonly state: State;
  readonly hashes: ReadonlyMap<Address, Hash>;
}

/**
 * How the live database reads when scratch holds `content`: what the plan left alone as it is live, the rest as measured with what stands
 * for live values turned back. Live objects that scratch never held are there as long as what they need is.
 */
function likenessOf({ kinds, seeded, live }: ProofInput): (content: Content, tokens: Tokens) => View {
  const seedHash = hashes(seeded.state, kinds);
  const liveHash = hashes(live, kinds);
  const unseeded = [...live.values()].filter((object) => !seeded.state.has(object.address));
  return (content, tokens) => {
    const state = new Map<Address, SchemaObject>();
    const found = new Map<Address, Hash>();
    for (const [address, object] of content.state) {
      const original = live.get(address);
      const isSame =
        original !== undefined &&
        content.rows.get(address) === seeded.rows.get(address) &&
        tokens.get(address)?.size === seeded.tokens.get(address)?.size &&
        hashObject(kinds, object) === seedHash.get(address);
      const read = isSame ? original : throughTokens(object, tokens);
      state.set(address, read);
      found.set(address, isSame ? (liveHash.get(address) as Hash) : hashObject(kinds, read));
    }
    for (let left = unseeded, before = -1; left.length !== before; ) {
      before = left.length;
      left = left.filter((object) => {
        if (!object.dependsOn.every((on) => state.has(on) || !live.has(on))) return true;
        if (!state.has(object.address)) {
          state.set(object.address, object);
          found.set(object.address, liveHash.get(object.address) as Hash);
        }
        return false;
      });
    }
    return { state, hashes: found };
  };
}

/** Tokens for what was kept from acting: it reads live as it did before. */
function standingFor(left: Content, quiet: Content, tokens: Tokens, kinds: Kinds): Tokens {
  const result = new Map(tokens);
  for (const [address, object] of quiet.state) {
    const was = left.state.get(address);
    if (was === undefined) continue;
    const names = differingAttributes(kinds, was, object);
    if (names.length === 0) continue;
    const map = new Map<string, Token>(result.get(address));
    for (const name of names)
      map.set(name, { seed: canonicalJson(object.attributes[name] ?? null), live: throughTokens(was, tokens).attributes[name] ?? null });
    result.set(address, map);
  }
  return result;
}

async function runUnit(client: ClientBase, unit: Unit): Promise<void> {
  const statements = unit.tasks.flatMap((task) => inScratch(task.operation));
  if (unit.transaction === 'transaction') await runInTransaction(client, statements);
  else for (const sql of statements) await runAlone(client, sql);
}

function hashes(state: State, kinds: Kinds): ReadonlyMap<Address, Hash> {
  return new Map([...state.values()].map((object) => [object.address, hashObject(kinds, object)]));
}
