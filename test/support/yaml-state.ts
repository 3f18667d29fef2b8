/** What desired files make in an empty database, as the catalog reader sees it; for comparing YAML with SQL. Knows no kind. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { readCatalog } from '../../src/catalog/read.js';
import { pinSession } from '../../src/catalog/session.js';
import type { Json } from '../../src/core/json.js';
import type { State } from '../../src/core/object.js';
import { loadDesired } from '../../src/desired/load.js';
import { yamlReader } from '../../src/desired/yaml/read.js';
import { kindsAskedFor } from '../../src/diff/cluster-wide.js';
import { orderDeclarations } from '../../src/graph/declarations.js';
import { kinds } from '../../src/kinds/registry.js';
import { runDeclarations } from '../../src/scratch/run.js';
import { withClient, withDatabase } from './database.js';

export type Files = { readonly [path: string]: string };

/** All findings but `warnings` fail the test, and so does what PostgreSQL refuses. What every new database holds is left out. */
export async function stateOf(files: Files, major?: number): Promise<State> {
  const folder = await mkdtemp(join(tmpdir(), 'yaml-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const desired = await loadDesired({ paths: [folder], rules: kinds.flatMap((kind) => kind.sql ?? []), parseYaml: yamlReader(kinds) });
    expect(desired.diagnostics).toEqual([]);
    return await withDatabase(
      ({ url, major: actual }) =>
        withClient(url, async (client) => {
          await pinSession(client);
          const reading = { major: actual, kinds: kindsAskedFor(kinds, []) };
          const initial = await readCatalog(client, reading);
          expect(await runDeclarations(client, orderDeclarations(desired.declarations).order)).toEqual([]);
          await pinSession(client);
          const state = await readCatalog(client, reading);
          return new Map([...state].filter(([address, { attributes }]) => !same(attributes, initial.get(address)?.attributes)));
        }),
      major === undefined ? {} : { major },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Attributes by address: dependencies follow from them. */
export function comparable(state: State): { readonly [address: string]: unknown } {
  return Object.fromEntries([...state].map(([address, { attributes }]) => [address, attributes]).sort());
}

function same(a: Json, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
