/** Indexes of partitioned tables are taken back: what is attached goes with what it was attached to. (Each number of steps: test/deep.) */
import { describe, expect, it, vi } from 'vitest';
import { readStatus } from '../../src/apply/status.js';
import type { PlanDocument } from '../../src/core/plan.js';
import { query, withClient, withDatabase } from '../support/database.js';
import { abortOf, planOf } from '../support/made-plan.js';
import { applied, BEFORE, CASES, OPTIONS, PARTITIONED } from './attached-indexes.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 120_000 });

const INDEXES = `select indexrelid::regclass::text from pg_index where indrelid::regclass::text like 'app.log%' order by 1`;

const movedOf = (url: string, { plan }: PlanDocument) =>
  withClient(url, async (client) => (await readStatus(client)).open.find(({ id }) => id === plan.id)?.moved);

describe.each([CASES[1]])('%s', (_, addition) => {
  it('goes on being taken back where that was interrupted, and status knows where that is', () =>
    withDatabase(async ({ url }) => {
      await query(url, BEFORE);
      const { document } = await planOf(url, PARTITIONED + addition, OPTIONS);
      const steps = document.plan.steps.filter(({ phase }) => phase === 'expand').length;
      await applied(url, document, steps);
      for (let undone = 1; undone < steps; undone += 1) {
        const stop = new AbortController();
        const { status, steps_undone } = await abortOf(url, document, {
          signal: stop.signal,
          onEvent: ({ type }) => {
            if (type === 'step_finished') stop.abort();
          },
        });
        expect([status, steps_undone]).toEqual(['failed', 1]);
        expect(await movedOf(url, document)).toEqual([]);
      }
      expect(await abortOf(url, document)).toMatchObject({ status: 'aborted', steps_undone: 1 });
      await expectSchema(url, BEFORE);
    }));
});

it('an index that was there before the plan would go too, so what attached it has no undo', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${BEFORE} create index log_0_at_idx on app.log_0 (at)`);
    const { document } = await planOf(url, `${PARTITIONED} create index log_at on app.log (at);`, OPTIONS);
    const attaching = document.plan.steps.find(({ statements }) =>
      statements.some(({ sql }) => sql.endsWith('ATTACH PARTITION app.log_0_at_idx')),
    );
    expect(attaching).toMatchObject({ undo: { reason: 'PostgreSQL cannot detach an index' } });
    expect(attaching?.undone_with).toBeUndefined();
    await applied(url, document, Number(attaching?.id));
    const before = await query(url, INDEXES);
    const { status, diagnostics } = await abortOf(url, document);
    expect([status, diagnostics.map(({ code }) => code)]).toEqual(['failed', ['SC5703']]);
    expect(await query(url, INDEXES)).toEqual(before);
  }));

const PLAIN = 'create schema app; create table app.gone (id integer);';

it.each([
  ['a primary key and a unique one', 'id integer not null, code text', 'id integer primary key, code text constraint item_code unique', 2],
  ['NOT NULL', 'id integer, code text', 'id integer not null, code text', 1],
])('what served to make %s goes with that, and is not made again while others wait', (_, before, after, ties) =>
  withDatabase(async ({ url }) => {
    const plain = `${PLAIN} create table app.item (${before});`;
    await query(url, `${plain} insert into app.item select n, n from generate_series(1, 100) n`);
    const { document } = await planOf(url, `create schema app; create table app.item (${after});`, OPTIONS);
    const expand = document.plan.steps.filter(({ phase }) => phase === 'expand');
    const tied = expand.filter(({ undone_with }) => undone_with !== undefined);
    expect(tied.map(({ id, undone_with }) => id === undone_with?.step)).toEqual(Array(ties).fill(true));
    const undos = tied.flatMap(({ undo }) => ('sql' in undo ? undo.sql : []));
    expect(undos.filter((sql) => / DROP (CONSTRAINT|NOT NULL)| DROP NOT NULL$/.test(sql))).toEqual(undos);
    for (const stopped of expand) {
      const again = await planOf(url, `create schema app; create table app.item (${after});`, OPTIONS);
      await applied(url, again.document, Number(stopped.id));
      expect(await abortOf(url, again.document)).toMatchObject({ status: 'aborted', steps_undone: Number(stopped.id) });
      await expectSchema(url, plain);
    }
  }),
);
