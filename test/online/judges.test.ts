/** What judges a run of a strategy under load, shown what it must notice: lost and strange rows, waits, what is read and not written. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { query, withClient, withDatabase } from '../support/database.js';
import { createModel, type Pending } from '../support/online/model.js';
import { randomFrom } from '../support/online/random.js';
import { wrongRows } from '../support/online/rows-verdict.js';
import { startSampler } from '../support/online/sampler.js';
import { bind } from '../support/online/statement.js';
import { StepWatch } from '../support/online/step-watch.js';
import type { Entity, Strategy } from '../support/online/strategy.js';
import { samplePlan } from '../support/sample-plan.js';
import { tableShape } from './orders.js';

const ENTITY: Entity = {
  name: 'things',
  columns: { label: () => 'x', amount: () => null },
  filled: `select i as id, 'thing ' || i as label, i::numeric(10,2) as amount from generate_series(1, $rows) i`,
  into: 'public.things (id, label, amount)',
  old: tableShape('public.things', ['label', 'amount']),
};
const STRATEGY: Strategy = { name: 'things', title: '', entities: [ENTITY] };
const ROWS = 100;

describe('rows', () => {
  const cases: readonly (readonly [string, string, RegExp | null])[] = [
    ['all as they were written', 'select', null],
    ['one that nobody deleted', 'delete from things where id = 40', /1 rows expected and not there.*"id":"40"/],
    ['an update that is lost', `update things set label = 'thing 7' where id = 7`, /1 rows expected and not there.*"label":"x"/],
    ['a value that became null', 'update things set amount = null where id = 90', /1 rows there and not expected.*"amount":null/],
    ['a null that became a value', 'update things set amount = 7 where id = 7', /1 rows expected and not there.*"amount":null/],
    ['one that is there twice', 'insert into things select * from things where id = 50', /1 rows there and not expected.*"id":"50"/],
    ['one that was deleted and is back', `insert into things values (8, 'thing 8', 8)`, /1 rows there and not expected.*"id":"8"/],
    ['one that was inserted and is gone', 'delete from things where id = 106', /1 rows expected and not there.*"id":"106"/],
  ];
  it.each(cases)('%s', async (_, mistake, expected) => {
    await withDatabase(async ({ url }) => {
      await query(url, 'create table things (id bigint, label text, amount numeric(10,2))');
      await query(url, `insert into things select * from (${ENTITY.filled.replaceAll('$rows', String(ROWS))}) f`);
      const model = createModel(ENTITY, ROWS, 0, 7);
      const written: Pending = new Map();
      written.set(7, { label: 'x', amount: null });
      written.set(8, null);
      written.set(9, { amount: '1.50' });
      written.set(106, { label: 'new', amount: null });
      model.commit(written);
      await query(url, `update things set label = 'x', amount = null where id = 7; delete from things where id = 8`);
      await query(url, `update things set amount = 1.5 where id = 9; insert into things values (106, 'new', null)`);
      await query(url, mistake);
      const wrong = await wrongRows(url, STRATEGY, [model], ROWS, (entity) => entity.old);
      if (expected === null) expect(wrong).toEqual([]);
      else expect(wrong.join('\n')).toMatch(expected);
    });
  });
});

describe('a writer', () => {
  it('writes keys that nobody else writes, and knows which rows there are', () => {
    const models = [0, 1, 2].map((residue) => createModel(ENTITY, 10, residue, 3));
    const random = randomFrom(1);
    const keys = models.map((model) => {
      const mine = new Set<number>();
      for (let n = 0; n < 50; n += 1) {
        const pending: Pending = new Map();
        const fresh = model.missing(random, pending);
        pending.set(fresh, { label: 'a', amount: null });
        const old = model.existing(random, false, pending);
        if (old !== null) pending.set(old, null);
        for (const key of [fresh, old]) if (key !== null) mine.add(key);
        model.commit(pending);
      }
      return mine;
    });
    const all = keys.flatMap((mine) => [...mine]);
    expect(new Set(all).size).toBe(all.length);
    expect(all.some((key) => key <= 10)).toBe(true);
    expect(all.some((key) => key > 10)).toBe(true);
  });

  it('names the parameters of a statement', () => {
    expect(bind('update t set a = $a, b = $b where id = $id and a <> $a', { id: '1', a: null, b: 'x' })).toEqual({
      text: 'update t set a = $1, b = $2 where id = $3 and a <> $1',
      values: [null, 'x', '1'],
    });
    expect(() => bind('select $c', { id: '1' })).toThrow('no value for $c');
  });
});

describe('waits', () => {
  const held = (application: string): Promise<readonly { readonly ms: number; readonly behind: string }[]> =>
    withDatabase(async ({ url }) => {
      await query(url, 'create table things (id bigint)');
      const named = new URL(url);
      named.searchParams.set('application_name', application);
      return withClient(named.href, async (holder) =>
        withClient(url, async (between) =>
          withClient(url, async (client) => {
            const pid = Number((await client.query('select pg_backend_pid() as pid')).rows[0].pid);
            let since: number | null = null;
            const activity = () => ({ number: 1, since, sql: 'select from things' });
            const watched = [{ pid, name: 'client', activity }];
            const sampler = await startSampler(url, () => watched);
            await holder.query('begin; lock table things in row exclusive mode');
            // Waits for the holder, and the client for this one.
            const waiting = between.query('begin; lock table things in access exclusive mode; commit');
            await sleep(50);
            since = performance.now();
            const asked = client.query('select from things');
            await sleep(300);
            await holder.query('commit');
            await Promise.all([waiting, asked]);
            since = null;
            await sleep(50);
            await sampler.stop();
            return sampler.waits;
          }),
        ),
      );
    });

  it('for a session of ours are measured, though another one stands between', async () => {
    const waits = await held('schemactl/0000');
    expect(waits).toHaveLength(1);
    expect(waits[0]?.ms).toBeGreaterThan(250);
    expect(waits[0]?.behind).toMatch(/^which ran begin; lock table things in row exclusive mode/);
  });

  it('for others do not count', async () => expect(await held('psql')).toEqual([]));
});

it('a filled step is done though a look at the catalog came before, whose transaction ends within another message', () => {
  const watch = new StepWatch(samplePlan());
  const done = `insert into schemactl.steps as s (plan) values ($1, $2, 'done', pg_catalog.now())`;
  const seen = [
    'begin',
    'insert into t select 1',
    'commit',
    'begin isolation level repeatable read read only;\nselect 1',
    'select 2;\ncommit',
    done,
  ];
  expect(seen.map((sql) => watch.see(sql, 'answered')?.type ?? null)).toEqual([null, null, 'batch', null, null, 'boundary']);
});
