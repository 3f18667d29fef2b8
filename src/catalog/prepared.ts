/** Queries that a session keeps planned: planning the catalog queries costs several times what running them on a small catalog does. */
import type { ClientBase } from 'pg';

/** Names are never used twice, not even after a PREPARE that failed half-way. */
let names = 0;

/** Name by query; null: sent once, as it was. */
const kept = new WeakMap<ClientBase, Map<string, string | null>>();

/**
 * What to send instead of `queries`. The first time each is sent as it is, as most sessions read once; the second time it is prepared.
 * PREPARE outlives a rollback, and a statement's plan is renewed by the server when what it depends on changes.
 */
export async function prepared(client: ClientBase, queries: readonly string[]): Promise<readonly string[]> {
  const known = kept.get(client) ?? new Map<string, string | null>();
  kept.set(client, known);
  const named = [...new Set(queries)].flatMap((query) => {
    if (!known.has(query)) known.set(query, null);
    else if (known.get(query) === null) {
      names += 1;
      return [[query, `schemactl_read_${names}`] as const];
    }
    return [];
  });
  if (named.length > 0) {
    await client.query(named.map(([query, name]) => `prepare ${name} as ${query}`).join(';\n'));
    for (const [query, name] of named) known.set(query, name);
  }
  return queries.map((query) => {
    const name = known.get(query) ?? null;
    return name === null ? query : `execute ${name}`;
  });
}
