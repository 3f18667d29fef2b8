/** Finds the catalog rows of single addresses by the queries of their kinds, members of extensions included; knows no kind by name. */
import type { ClientBase } from 'pg';
import { type Address, formatAddress, kindOf } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import type { Kinds } from '../kinds/hashing.js';

export interface RowAt {
  /** Its names, with no more than they tell: no attributes, nothing that it leans on. */
  readonly object: SchemaObject;
  readonly classid: number;
  readonly objid: number;
}

/** One round trip; an address that is not there is left out. The session must be pinned (session.ts). */
export async function rowsAt(
  client: ClientBase,
  addresses: ReadonlySet<Address>,
  major: number,
  kinds: Kinds,
): Promise<ReadonlyMap<Address, RowAt>> {
  const asked = [...new Set([...addresses].map(kindOf))].flatMap((name) => {
    const query = kinds.get(name)?.query({ major, within: () => 'true' }) ?? null;
    // Inside, `signature` is that of the kind's query where it has one, and else the one around.
    const sql = `select k.* from (select null::text as signature) s
                  cross join lateral (select classid::int8, objid::int8, parts, signature from (${query}) q) k`;
    return query === null ? [] : [{ name, sql }];
  });
  const found = new Map<Address, RowAt>();
  if (asked.length === 0) return found;
  const text = asked.map(({ sql }) => sql).join(';\n');
  const answer = (await client.query({ text, rowMode: 'array' })) as unknown as { rows: unknown[][] } | readonly { rows: unknown[][] }[];
  const results = Array.isArray(answer) ? answer : [answer];
  asked.forEach(({ name }, index) => {
    for (const [classid, objid, parts, signature] of results[index]?.rows ?? []) {
      const names = (parts ?? []) as readonly string[];
      const address = formatAddress(name, names, String(signature ?? ''));
      if (!addresses.has(address)) continue;
      const object = { ...NOTHING_MORE, address, kind: name, parts: names, signature: String(signature ?? '') };
      found.set(address, { object, classid: Number(classid), objid: Number(objid) });
    }
  });
  return found;
}

const NOTHING_MORE = { parent: null, qualifier: null, dependsOn: [], goesWith: [], attributes: {} } as const;
