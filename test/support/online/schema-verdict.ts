/** Whether a database has the schema that another one had: by pg_dump where one here can read the server, else by the second observer. */
import { compareDumps } from '../dump-normaliser.js';
import { dumpVersion } from '../dump-version.js';
import { type DatabaseSource, judge, schemaDump } from '../judge.js';
import { type Observation, observe } from '../observer.js';
import { judgeObservations } from '../observer-judge.js';
import { query } from '../sql-query.js';

export type SeenSchema = { readonly dump: string } | { readonly observation: Observation };

export async function seenSchema(url: string): Promise<SeenSchema> {
  const [server] = await query<{ major: number }>(url, `select current_setting('server_version_num')::int / 10000 as major`);
  const canDump = (await dumpVersion().catch(() => 0)) >= (server?.major ?? 0);
  return canDump ? { dump: await schemaDump(url) } : { observation: await observe(url) };
}

/**
 * In lines for people; `kept` are relations whose columns may stand in another order. Dumps that are not equal are loaded again and compared once
 * more, where there are databases for that.
 */
export async function schemaDifferences(
  url: string,
  expected: SeenSchema,
  kept: ReadonlySet<string>,
  databases: DatabaseSource | null,
): Promise<readonly string[]> {
  const verdict = await verdictOf(url, expected, kept, databases);
  if (verdict.equal) return [];
  return [...verdict.unexpected.map((sql) => `unexpected: ${sql}`), ...verdict.missing.map((sql) => `missing: ${sql}`)];
}

async function verdictOf(
  url: string,
  expected: SeenSchema,
  kept: ReadonlySet<string>,
  databases: DatabaseSource | null,
): Promise<{ readonly equal: boolean; readonly unexpected: readonly string[]; readonly missing: readonly string[] }> {
  if ('observation' in expected) return judgeObservations(await observe(url), expected.observation, kept, url);
  const dump = await schemaDump(url);
  return databases === null ? compareDumps(dump, expected.dump, kept) : judge(dump, expected.dump, kept, databases);
}
