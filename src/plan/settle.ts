/**
 * Sorts out differences that are only other words for the same thing: PostgreSQL's text of an expression may read back as
 * another text. Asks the server, by one more round trip of both sides through scratch. Knows no kind.
 */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import { sameJson } from '../core/json.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import type { Scratch } from '../scratch/open.js';
import { closureOf } from './closure.js';
import { seed } from './seed.js';

export interface SettleInput {
  readonly scratch: Scratch;
  readonly kinds: Kinds;
  readonly kindList: readonly Kind[];
  readonly major: number;
  readonly initial: State;
  readonly current: State;
  readonly desired: State;
  readonly changes: readonly Change[];
}

/** The changes that are left. */
export async function settleText(input: SettleInput): Promise<readonly Change[]> {
  const isTextOnly = (change: Change): boolean =>
    change.type === 'set' && change.attributes.every((name) => kindFor(input.kinds, change.after).attributes[name] === 'text');
  const doubtful = input.changes.filter(isTextOnly).map((change) => change.address);
  if (doubtful.length === 0) return input.changes;
  const currentAgain = await roundTrip(input, input.current, doubtful);
  const desiredAgain = await roundTrip(input, input.desired, doubtful);
  return input.changes.filter((change) => {
    if (change.type !== 'set' || !isTextOnly(change)) return true;
    return !change.attributes.every((name) => {
      const live = [change.before, currentAgain.get(change.address)];
      const wanted = [change.after, desiredAgain.get(change.address)];
      return live.some((a) => wanted.some((b) => equal(a, b, name)));
    });
  });
}

function equal(a: SchemaObject | undefined, b: SchemaObject | undefined, name: string): boolean {
  return a !== undefined && b !== undefined && sameJson(a.attributes[name] ?? null, b.attributes[name] ?? null);
}

async function roundTrip(input: SettleInput, state: State, addresses: readonly Address[]): Promise<State> {
  const database = await input.scratch.newDatabase();
  try {
    const objects = closureOf(state, addresses, input.kinds);
    const seeded = await seed({ ...input, client: database.client, objects });
    return seeded.state;
  } finally {
    await database.drop();
  }
}
