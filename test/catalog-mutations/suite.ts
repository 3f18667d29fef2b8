/**
 * Changes of catalog columns on a live server: is each one seen, or left out with a reason? Which columns there are, and which of them are
 * sampled, comes from the server's own list, so that a column nobody thought of cannot hide.
 */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinSession } from '../../src/catalog/session.js';
import { cluster } from '../../src/kinds/catalog-columns/cluster.js';
import { type Decision, isIn } from '../../src/kinds/catalog-columns/ledger.js';
import { withoutSchema } from '../../src/kinds/catalog-columns/no-schema.js';
import { type CatalogColumn, decisionOn, serverColumns } from '../support/catalog-ledger.js';
import { createDatabase, type TestDatabase, testServer, withClient } from '../support/database.js';
import { judgeInterrupted } from './interrupted.js';
import { GROUND, type Judgement, judgeMutation } from './judge.js';
import type { Mutation } from './mutation.js';
import { mutations } from './mutations.js';
import { plansOf } from './plans.js';
import { sampleOf } from './sample.js';
import { prepareServer } from './server.js';

export interface MutationSuite {
  readonly major: number;
  /** Catalog columns to take from the server's list. */
  readonly sample: number;
  readonly seed: number;
  /** Also the changes of columns that are not in the sample. */
  readonly everything: boolean;
  /** Changes of which a plan is made too. */
  readonly plans: number;
}

export function mutationSuite({ major, sample, seed, everything, plans }: MutationSuite): void {
  const here = mutations.filter(({ since, until }) => since <= major && major <= until);
  const pathOf = ({ catalog, column }: CatalogColumn): string => `${catalog}.${column}`;
  let database: TestDatabase;
  let columns: readonly CatalogColumn[] = [];
  let sampled: readonly CatalogColumn[] = [];

  describe(`changes of catalog columns, PostgreSQL ${major}`, () => {
    beforeAll(async () => {
      const server = await testServer(major);
      await withClient(server.url, prepareServer);
      database = await createDatabase({ major });
      await withClient(database.url, (client) => client.query(GROUND));
      columns = await serverColumns(database.url);
      // What all databases share is changed in cluster.test.ts, on servers of its own.
      const others = new Set([...withoutSchema, ...cluster].filter((item) => isIn(item, major)).map(({ name }) => name));
      sampled = sampleOf(
        columns.filter(({ catalog }) => !others.has(catalog)),
        sample,
        seed,
      );
    });
    afterAll(() => database?.drop());

    it('are seen, or left out with a reason', { timeout: 1_800_000 }, async () => {
      const wanted = new Set(sampled.map(pathOf));
      const chosen = here.filter((mutation) => everything || mutation.columns.some((column) => wanted.has(column)));
      const judgements = await judgeAll(database.url, major, chosen, columns);
      const problems = judgements.flatMap((judgement) => problemsOf(judgement, major));
      const verdicts = sampled.map((column) => verdictOf(column, major, judgements));
      console.log(report(`PostgreSQL ${major}, seed ${seed}`, sampled.map(pathOf), verdicts, chosen.length));
      expect(problems).toEqual([]);
      expect(verdicts.filter((verdict) => verdict === 'undecided')).toEqual([]);
      expect(sampled.map(pathOf).filter((_, place) => verdicts[place] === 'no DDL known')).toEqual([]);
    });

    it('make a plan where there was none', { timeout: 1_800_000 }, async () => {
      const wanted = new Set(sampled.map(pathOf));
      const able = here.filter(
        (mutation) =>
          mutation.noDesiredState === null &&
          mutation.unseen === null &&
          isRead(mutation, major) &&
          mutation.columns.some((column) => wanted.has(column)),
      );
      const chosen = sampleOf(able, plans, seed);
      const problems: string[] = [];
      for (const mutation of chosen) problems.push(...(await plansOf(mutation, major)));
      console.log(`PostgreSQL ${major}: ${chosen.length} of ${able.length} changes also judged by a plan: empty before, not after`);
      expect(problems).toEqual([]);
    });
  });
}

async function judgeAll(
  url: string,
  major: number,
  chosen: readonly Mutation[],
  columns: readonly CatalogColumn[],
): Promise<readonly Judgement[]> {
  return withClient(url, async (client: pg.Client) => {
    await pinSession(client);
    const judgements: Judgement[] = [];
    for (const mutation of chosen) {
      const judge =
        mutation.interruptedBy === null ? judgeMutation(client, major, mutation, columns) : judgeInterrupted(major, mutation, columns);
      judgements.push(await judge);
    }
    return judgements;
  });
}

function decisionsOn(mutation: Mutation, major: number): readonly Decision[] {
  return mutation.columns.flatMap((path) => {
    const [catalog = '', column = ''] = path.split('.');
    return decisionOn(major, { catalog, column })?.decision ?? [];
  });
}

const isRead = (mutation: Mutation, major: number): boolean => decisionsOn(mutation, major).some((decision) => 'read' in decision);

function problemsOf({ mutation, moved, seen, error }: Judgement, major: number): readonly string[] {
  const what = `${mutation.columns.join(', ')} by "${mutation.change}"`;
  if (error !== null) return [`${what}: ${error}`];
  const still = mutation.columns.filter((column) => !moved.has(column));
  if (still.length > 0) return [`${what}: ${still.join(', ')} did not change`];
  if (mutation.unseen !== null) return seen.length === 0 ? [] : [`${what}: is seen after all (${seen.join(', ')})`];
  return isRead(mutation, major) && seen.length === 0 ? [`${what}: nobody saw it`] : [];
}

type Verdict =
  | 'seen'
  | 'derived, seen by what it follows from'
  | 'derived, nothing of its own to see'
  | 'left out'
  | 'no DDL known'
  | 'undecided';

function verdictOf(column: CatalogColumn, major: number, judgements: readonly Judgement[]): Verdict {
  const decision = decisionOn(major, column)?.decision;
  if (decision === undefined) return 'undecided';
  const path = `${column.catalog}.${column.column}`;
  const mine = judgements.filter(({ mutation }) => mutation.columns.includes(path));
  if ('leftOut' in decision) return 'left out';
  if ('derived' in decision)
    return mine.some(({ seen }) => seen.length > 0) ? 'derived, seen by what it follows from' : 'derived, nothing of its own to see';
  return mine.some(({ mutation, seen }) => mutation.unseen === null && seen.length > 0) ? 'seen' : 'no DDL known';
}

function report(title: string, paths: readonly string[], verdicts: readonly Verdict[], changes: number): string {
  const lines = [...new Set(verdicts)].sort().map((verdict) => {
    const those = paths.filter((_, place) => verdicts[place] === verdict);
    const names = verdict === 'seen' ? '' : `: ${those.join(' ')}`;
    return `  ${those.length} ${verdict}${names}`;
  });
  return [`${title}: ${paths.length} columns from the server's list, ${changes} changes made`, ...lines].join('\n');
}
