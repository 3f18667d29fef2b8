/** What a case changes, by its two sides read in transactions that are rolled back: nothing is planned. Knows no case and no kind. */
import type pg from 'pg';
import { readCatalog } from '../../src/catalog/read.js';
import type { Change } from '../../src/core/change.js';
import type { State } from '../../src/core/object.js';
import { compare } from '../../src/diff/compare.js';
import { kindByName, kinds } from '../../src/kinds/registry.js';
import type { CaseFiles } from './case-files.js';

/**
 * What most cases begin with. Made once: a new schema in a transaction would have the server plan the queries of the catalog anew, which takes
 * longer than everything else here.
 */
export const GROUND = 'create schema app;';

/** Whether it stands on the ground, and needs no empty database. */
export const isOnGround = ({ before, after }: CaseFiles): boolean => [before, after].every((side) => side.startsWith(`${GROUND}\n`));

/** The session is pinned; its database holds the ground or, for what does not stand on it, nothing. */
export async function changesOfCase(client: pg.Client, major: number, item: CaseFiles): Promise<readonly Change[]> {
  const before = await stateOf(client, major, item, item.before);
  const after = await stateOf(client, major, item, item.after);
  return compare(after, before, { kinds: kindByName, unset: new Map() });
}

/** What belongs to the whole server is no part of a case. */
const OF_THE_DATABASE = kinds.filter((kind) => kind.clusterWide !== true);

async function stateOf(client: pg.Client, major: number, item: CaseFiles, side: string): Promise<State> {
  const { name, setup } = item;
  const sql = isOnGround(item) ? side.slice(GROUND.length) : side;
  try {
    await client.query('begin');
    const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
    // As psql reads it: names in public, and psql's word for the database. What belongs to the server is there.
    const script = `set local search_path = "$user", public; ${(setup ?? '').replace(/^.*\\gexec$/gm, '')}\n; ${sql}`.replaceAll(
      ':"DBNAME"',
      rows[0]?.name ?? '',
    );
    await client.query(script);
    await client.query(`set local search_path = ''`);
    return await readCatalog(client, { major, kinds: OF_THE_DATABASE, inTransaction: true, often: true });
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`);
  } finally {
    await client.query('rollback');
  }
}
