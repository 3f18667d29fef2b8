/** No kind is passed over that has a row: what its `heldIn` says, against its own query, in the databases of cases of every kind. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { presenceQuery } from '../../src/catalog/presence.js';
import { pinSession } from '../../src/catalog/session.js';
import { kinds } from '../../src/kinds/registry.js';
import { type CaseFiles, findCases } from '../support/case-files.js';
import { withClient, withDatabase } from '../support/database.js';
import { psql } from '../support/postgres-programs.js';
import { root } from '../support/source.js';

describe.each([15, 18])('on PostgreSQL %i', (major) => {
  it('where a kind is held in nothing, its query has no row', async () => {
    const found = new Set<string>();
    for (const item of someOfEveryKind(major)) {
      await withDatabase(
        async ({ url }) => {
          if (item.setup !== null) await psql(url, item.setup);
          await psql(url, item.after);
          await withClient(url, async (client) => {
            await pinSession(client);
            for (const { name, held, asked } of await looksOf(client, major)) {
              if (asked) found.add(name);
              expect(held || !asked, `${item.name}: ${name} is passed over`).toBe(true);
            }
          });
        },
        { major },
      );
    }
    const never = kinds.filter((kind) => kind.heldIn !== undefined && !found.has(kind.name)).map((kind) => kind.name);
    // A label needs a provider, which is a library that no server here has.
    expect(never, 'kinds that no case has an object of').toEqual(['security_label']);
  });
});

const PER_KIND = 3;

function someOfEveryKind(major: number): readonly CaseFiles[] {
  const taken = new Map<string, number>();
  return findCases([join(root, 'test/cases')], null).filter(({ name, minMajor }) => {
    const kind = name.split('/')[0] ?? '';
    const before = taken.get(kind) ?? 0;
    if ((minMajor ?? 0) > major || before === PER_KIND) return false;
    taken.set(kind, before + 1);
    return true;
  });
}

interface Look {
  readonly name: string;
  readonly held: boolean;
  /** Whether its query has rows. */
  readonly asked: boolean;
}

async function looksOf(client: Parameters<Parameters<typeof withClient>[1]>[0], major: number): Promise<readonly Look[]> {
  const queries = kinds.flatMap(({ name, heldIn, query }) => {
    const sql = query({ major, within: () => 'true' });
    return heldIn === undefined || sql === null ? [] : [{ name, heldIn, sql }];
  });
  const rows = async (text: string): Promise<readonly unknown[]> =>
    ((await client.query({ text, rowMode: 'array' })).rows as unknown[][])[0] ?? [];
  const held = await rows(presenceQuery(queries.map(({ heldIn }) => heldIn)));
  const asked = await rows(`select ${queries.map(({ sql }) => `exists (select from (${sql}) q)`).join(', ')}`);
  return queries.map(({ name }, index) => ({ name, held: held[index] === true, asked: asked[index] === true }));
}
