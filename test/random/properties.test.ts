/** Random pairs of whole schemas: A -> A is empty, A -> B -> A arrives, the order of statements is of no account, rows survive. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testServer } from '../support/database.js';
import { query } from '../support/sql-query.js';
import { model } from './model.js';
import { possible, problemsOf } from './pair.js';
import { SETUP } from './sql.js';

const MAJOR = Number(process.env.SCHEMACTL_MAJOR ?? 15);
const RUNS = Number(process.env.SCHEMACTL_RUNS ?? 20);
const SEED = Number(process.env.SCHEMACTL_SEED ?? 1);

const counted = { pairs: 0, statements: 0 };
beforeAll(async () => {
  for (const sql of SETUP) await query((await testServer(MAJOR)).url, sql);
});
afterAll(() => console.log(`random pairs on PostgreSQL ${MAJOR}: ${counted.pairs} held, from seed ${SEED}`));

/** Without shrinking: a pair takes seconds, and its seed and path say which one it was. */
const pairs = fc.sample(fc.record({ before: model, after: model, shuffle: fc.nat({ max: 1000 }) }), { numRuns: RUNS, seed: SEED });

it.concurrent.each(pairs.map((pair, number) => ({ pair: possible(pair), number })))(
  `pair $number of seed ${SEED}`,
  { timeout: 900_000 },
  async ({ pair }) => {
    expect((await problemsOf(pair, MAJOR)).join('\n\n')).toBe('');
    counted.pairs += 1;
  },
);
