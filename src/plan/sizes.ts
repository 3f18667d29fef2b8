/** How much the relations hold that a plan changes, read once where it decides between two ways. Knows no kind. */
import type { ClientBase } from 'pg';
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { State } from '../core/object.js';
import type { Sizes } from './context.js';
import { estimateKey, readEstimates } from './estimates.js';
import { rootOf } from './roots.js';

/** About what a server writes in the time that a lock may be held without anybody minding: a fifth of a second. */
export const REWRITE_BYTES = 16 * 1024 * 1024;

/** Of whatever the changes belong to, and of what leans on that. `rewrite_bytes`: tables up to this size may be written anew in place. */
export async function readSizes(client: ClientBase, changes: readonly Change[], live: State, rewrite_bytes: number): Promise<Sizes> {
  const roots = new Set<Address>();
  const added = new Map(changes.flatMap((change) => (change.type === 'add' ? [[change.address, change.after.parent] as const] : [])));
  // What is new may be new in something that is not.
  const placeOf = (address: Address): Address => {
    const parent = added.get(address);
    return parent === undefined || parent === null ? address : placeOf(parent);
  };
  for (const change of changes) roots.add(rootOf(live, placeOf(change.address)));
  // What is new beside others that lean on the same relation (a partition) may have to look at these.
  const relations = changes.flatMap((change) => (change.type === 'add' ? change.after.dependsOn : [])).map((on) => rootOf(live, on));
  for (const on of relations) if (live.get(on)?.parts.length === 2) roots.add(on);
  const touched = [...live.values()].filter(({ dependsOn }) => dependsOn.some((on) => roots.has(rootOf(live, on))));
  for (const { address } of touched) roots.add(rootOf(live, address));
  const names = [...roots].flatMap((address) => {
    const [schema, name] = live.get(address)?.parts ?? [];
    return schema !== undefined && name !== undefined ? [[address, schema, name] as const] : [];
  });
  const found = await readEstimates(
    client,
    names.map(([, schema, name]) => [schema, name]),
    { children: true },
  );
  const sizes = new Map(names.map(([address, schema, name]) => [address, found.get(estimateKey(schema, name)) ?? null]));
  return { of: (address) => sizes.get(address) ?? null, rewrite_bytes };
}
