/** Keeps what came to be in scratch from acting there. Knows kinds only by `seeding`. */
import type { ClientBase } from 'pg';
import { readDatabase } from '../catalog/read.js';
import type { Address } from '../core/address.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import { runInTransaction } from '../scratch/execute.js';
import type { Content } from './tokens.js';

export interface QuietenInput {
  readonly client: ClientBase;
  readonly kinds: Kinds;
  readonly kindList: readonly Kind[];
  readonly major: number;
}

/** What the database holds afterwards; null: none of them needed it. */
export async function quieten(input: QuietenInput, content: Content, addresses: Iterable<Address>): Promise<Content | null> {
  const { client, kinds, major } = input;
  const statements = [...addresses].flatMap((address) => {
    const object = content.state.get(address);
    return object === undefined ? [] : (kindFor(kinds, object).seeding?.quiet?.(object, major) ?? []);
  });
  if (statements.length === 0) return null;
  await runInTransaction(client, statements);
  return readDatabase(client, { major, kinds: input.kindList, often: true });
}
