/** What is measured of one case: the ways that it is gone, and what each must come to. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseFiles, desiredFiles, NOTHING, setupDeclarations } from '../../test/support/case-files.js';
import { schemaDump } from '../../test/support/judge.js';
import { type Observation, observe } from '../../test/support/observer.js';
import { psql } from '../../test/support/postgres-programs.js';
import type { CaseDatabase } from './servers.js';
import { canDump, expectNothing, Failure, goOneWay, run, type WayContext, type WayResult } from './way.js';

export interface WayReport {
  readonly way: string;
  readonly failure: Failure | null;
  readonly result: WayResult | null;
  readonly ms: number;
}

export interface CaseReport {
  readonly case: CaseFiles;
  /** The server's own error where PostgreSQL itself does not load the case. */
  readonly unloadable: string | null;
  readonly ways: readonly WayReport[];
}

type Side = 'before' | 'after';

/** Files with programs and settings in them are refused on purpose. What they come to is judged all the same, from their dump. */
const NO_DECLARATIONS = /\[SC100[247]\]/;

export async function checkCase(item: CaseFiles, context: WayContext): Promise<CaseReport> {
  const databases: CaseDatabase[] = [];
  const database = async (script: string | null): Promise<string> => {
    const made = await context.servers.newDatabase(context.major);
    databases.push(made);
    if (item.setup !== null) await context.servers.setUp(made, item.setup);
    if (script !== null) await psql(made.url, script);
    return made.url;
  };
  try {
    const loaded = { before: '', after: '', setup: '' };
    try {
      loaded.setup = item.setup === null ? '' : await database(null);
      loaded.after = await database(item.after);
      loaded.before = await database(item.before);
    } catch (error) {
      return { case: item, unloadable: (error as Error).message, ways: [] };
    }
    const dumpable = await canDump(context.major);
    const dumpOf = async (url: string): Promise<string | null> => (dumpable ? schemaDump(url) : null);
    const setup = item.setup === null ? null : ((await dumpOf(loaded.setup)) ?? setupDeclarations(item.setup));
    const ways: WayReport[] = [];
    const isNew = item.before.trim() === '';
    const expected = { before: await dumpOf(loaded.before), after: await dumpOf(loaded.after) };
    const seen = async (url: string): Promise<Observation | null> => (dumpable ? null : observe(url));
    const observed = { before: await seen(loaded.before), after: await seen(loaded.after) };

    const way = (from: Side, to: Side): Promise<WayReport> =>
      oneWay(`${from} -> ${to}`, async () => {
        const go = (text: string, beside: string | null): Promise<WayResult> => {
          const desired = desiredFiles(context.folder, to, text, beside);
          return goOneWay(context, { url: loaded[from], desired, expected: expected[to], observed: observed[to] });
        };
        try {
          return await go(item[to], setup);
        } catch (error) {
          const dump = expected[to];
          if (dump === null || !(error instanceof Failure) || !NO_DECLARATIONS.test(error.detail)) throw error;
          return { ...(await go(dump, null)), refusal: error.line };
        }
      });

    ways.push(await way('before', 'after'));
    if (isNew) {
      const arrived = ways[0]?.failure === null;
      // Where the first way failed, a database that psql loaded is exported: one cause must not hide another.
      const url = arrived ? loaded.before : loaded.after;
      const folder = join(context.folder, 'exported');
      ways.push(
        await oneWay('export', async () => {
          rmSync(folder, { recursive: true, force: true });
          await run(context, 'export', ['export', '--url', url, '--dir', folder]);
          if (!existsSync(folder)) mkdirSync(folder);
          writeFileSync(join(folder, 'nothing.sql'), NOTHING);
          const plan = ['plan', '--url', url, '--desired', folder, '--manage', '*', ...context.scratch];
          await expectNothing(context, 'plan of the export', plan);
          return null;
        }),
        await oneWay('export -> empty database', async () => {
          if (!existsSync(folder)) throw new Failure('there is no export', '');
          return goOneWay(context, { url: await database(null), desired: [folder], expected: expected.after, observed: observed.after });
        }),
      );
    } else {
      ways.push(await way('after', 'before'));
    }
    return { case: item, unloadable: null, ways };
  } finally {
    for (const made of databases) await made.drop();
  }
}

async function oneWay(way: string, go: () => Promise<WayResult | null>): Promise<WayReport> {
  const started = Date.now();
  try {
    const result = await go();
    return { way, failure: null, result, ms: Date.now() - started };
  } catch (error) {
    const failure =
      error instanceof Failure ? error : new Failure(String((error as Error).message).split('\n')[0] ?? '', String((error as Error).stack));
    return { way, failure, result: null, ms: Date.now() - started };
  }
}
