/** The cases under test/cases as tests, both ways each, on servers of one major; knows no case. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CaseFiles, desiredFiles, findCases, setupDeclarations } from './case-files.js';
import { type CaseResult, goCaseWay } from './case-run.js';
import { createDatabase, type TestDatabase, testServer } from './database.js';
import { dumpVersion } from './dump-version.js';
import { schemaDump } from './judge.js';
import { type Observation, observe } from './observer.js';
import { psql } from './postgres-programs.js';
import { root } from './source.js';

/** Each side in a database of its own, loaded by psql once for both ways. */
interface Loaded {
  readonly before: TestDatabase;
  readonly after: TestDatabase;
  /** Null where no pg_dump here can read the server. */
  readonly dumps: { readonly before: string | null; readonly after: string | null };
  /** Null where pg_dump judges alone. */
  readonly observations: { readonly before: Observation | null; readonly after: Observation | null };
  readonly setup: string | null;
  readonly folder: string;
}

/** A part of the cases, for a suite that must be quick: every `nth`, and only the way from before to after. */
export interface CasePart {
  readonly nth: number;
}

/** Of so many cases that pg_dump judges, one is judged by the second observer as well: they must agree. */
const JUDGED_TWICE = 10;

export function caseSuite(name: string, major: number, part: CasePart | null = null): void {
  const all = findCases([join(root, 'test/cases')], null).filter((item) => (item.minMajor ?? 0) <= major);
  const cases = all.filter((_, place) => place % (part?.nth ?? 1) === 0);
  const waysPerCase = part === null ? 2 : 1;
  const observers = { pgDump: 0, second: 0, both: 0, none: 0, refusals: 0, afterReload: 0, reread: 0, generatedNames: 0 };
  const work = mkdtempSync(join(tmpdir(), 'schemactl-cases-'));
  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
    const { pgDump, second, both, none, refusals, afterReload, reread, generatedNames } = observers;
    if (part !== null) console.log(`${name}: ${cases.length} of ${all.length} cases, one way; all of them both ways: npm run test:cases`);
    console.log(
      `${name}: pg_dump judged ${pgDump} ways (${afterReload} of them equal after one reload of both; in ${both} the second observer agreed), ` +
        `the second observer alone ${second} (${reread} of them equal once expressions were read again, ${generatedNames} but for names that PostgreSQL chose), ${refusals} have no way back and are refused`,
    );
    if (none > 0) console.warn(`${name}: NOBODY JUDGED ${none} ways, because they failed before`);
  });

  describe.concurrent(name, { timeout: 120_000 }, () => {
    for (const [place, item] of cases.entries()) {
      let loading: Promise<Loaded> | null = null;
      let ways = 0;
      const way = async (from: 'before' | 'after', to: 'before' | 'after'): Promise<void> => {
        loading ??= load(item, major, join(work, String(place)), place % JUDGED_TWICE === 0);
        try {
          const result = await go(await loading, item, from, to);
          if (item.noWayBack !== null && to === 'before') observers.refusals += 1;
          else if (result.verdict !== null) observers.pgDump += 1;
          else if (result.observed !== null) observers.second += 1;
          else observers.none += 1;
          if (result.verdict !== null && result.observed !== null && result.verdict.equal === result.observed.equal) observers.both += 1;
          if (result.verdict?.afterReload) observers.afterReload += 1;
          if (result.verdict === null && result.observed?.afterReload) observers.reread += 1;
          if (result.verdict === null && result.observed?.generatedNames.length) observers.generatedNames += 1;
          if (to === 'before' && item.noWayBack !== null)
            expect(result).toMatchObject({ steps: 0, problems: [expect.stringContaining(item.noWayBack)] });
          else expect(result.problems.join('\n\n')).toBe('');
        } finally {
          ways += 1;
          if (ways === waysPerCase)
            for (const side of ['before', 'after'] as const)
              await loading.then(
                (loaded) => loaded[side].drop(),
                () => undefined,
              );
        }
      };
      it(`${item.name}: before -> after`, () => way('before', 'after'));
      if (part === null) it(`${item.name}: after -> before`, () => way('after', 'before'));
    }
  });
}

let setups: Promise<unknown> = Promise.resolve();

/** One at a time: roles belong to the whole server. */
async function setUp(url: string, script: string): Promise<void> {
  const mine = setups.then(() => psql(url, script));
  setups = mine.catch(() => undefined);
  await mine;
}

async function load(item: CaseFiles, major: number, folder: string, twice: boolean): Promise<Loaded> {
  mkdirSync(folder);
  const database = async (script: string): Promise<TestDatabase> => {
    const made = await createDatabase({ major });
    if (item.setup !== null) await setUp(made.url, item.setup);
    await psql(made.url, script);
    return made;
  };
  const dumpable = (await dumpVersion().catch(() => 0)) >= (await testServer(major)).major;
  const dump = async (url: string): Promise<string | null> => (dumpable ? schemaDump(url) : null);
  const observation = async (url: string): Promise<Observation | null> => (dumpable && !twice ? null : observe(url));
  const before = await database(item.before);
  const after = await database(item.after);
  const only = item.setup === null ? null : await database('');
  const setup = item.setup === null || only === null ? null : ((await dump(only.url)) ?? setupDeclarations(item.setup));
  await only?.drop();
  const dumps = { before: await dump(before.url), after: await dump(after.url) };
  const observations = { before: await observation(before.url), after: await observation(after.url) };
  return { before, after, dumps, observations, setup, folder };
}

async function go(loaded: Loaded, item: CaseFiles, from: 'before' | 'after', to: 'before' | 'after'): Promise<CaseResult> {
  const { major } = loaded[from];
  return goCaseWay({
    url: loaded[from].url,
    scratchUrl: (await testServer(major)).url,
    desired: desiredFiles(loaded.folder, to, item[to], loaded.setup),
    expected: loaded.dumps[to],
    observed: loaded.observations[to],
    databases: { newDatabase: () => createDatabase({ major }) },
  });
}
