/** Queries that a session keeps planned: planning the catalog queries costs several times what running them on a small catalog does. */
import type { ClientBase } from 'pg';

/** Names are never used twice, not even after a PREPARE that failed half-way. */
let names = 0;

const kept = new WeakMap<ClientBase, Map<string, string>>();

/**
 * What to send instead of `queries`. The first time they are sent as they are, as most sessions read once; the second time they are
 * prepared. PREPARE outlives a rollback, and a statement's plan is renewed by the server when what it depends on changes.
 */
export async function prepared(client: ClientBase, queries: readonly string[]): Promise<readonly string[]> {
  const known = kept.get(client);
  if (known === undefined) {
    kept.set(client, new Map());
    return queries;
  }
  const missing = [...new Set(queries)].filter((query) => !known.has(query));
  if (missing.length > 0) {
    const named = missing.map((query) => {
      names += 1;
      return [query, `schemactl_read_${names}`] as const;
    });
    await client.query(named.map(([query, name]) => `prepare ${name} as ${query}`).join(';\n'));
    for (const [query, name] of named) known.set(query, name);
  }
  return queries.map((query) => `execute ${known.get(query)}`);
}
