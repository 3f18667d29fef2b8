/** Tables with rows become partitions: ATTACH reads none of them, wrong ones are told before, and what has no such way says so. */
import { describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../../src/core/plan.js';
import { aborted, errorsOf, LARGE, OBJECTS, readByAttach } from '../expand/attach.js';
import { ATTACHED } from '../expand/attached-partitions.js';
import { expectSchema } from '../expand/expect-schema.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 240_000 });

describe('online', () => {
  it.each(Object.entries(ATTACHED))('%s', (_name, { before, after, wrong, right, told, proven }) =>
    withDatabase(async ({ url }) => {
      await query(url, before);
      const start = await query(url, OBJECTS);
      const { document } = await planOf(url, after, LARGE);
      expect(document.plan.steps.map((step) => step.proven)).toEqual(document.plan.steps.map(() => true));
      expect(await readByAttach(url, statementsOf(document))).toMatchObject({ proven, read: [] });
      await query(url, wrong);
      const stopped = await applyTo(url, document);
      expect(stopped.exitCode).toBe(5);
      expect(stopped.diagnostics.filter(({ code }) => code === 'SC5303').map(({ summary }) => summary)).toEqual([
        expect.stringContaining(told),
      ]);
      await query(url, right);
      // Back from half the way, and from behind the last ATTACH.
      expect(await aborted(url, document)).toEqual([]);
      expect(await query(url, OBJECTS)).toEqual(start);
      const again = (await planOf(url, after, LARGE)).document;
      const stop = new AbortController();
      const isLast = (done: number): boolean => done === again.plan.steps.length - 1;
      let done = 0;
      await applyTo(url, again, {
        signal: stop.signal,
        onEvent: ({ type }) => void (type === 'step_finished' && isLast(++done) && stop.abort()),
      });
      expect(await aborted(url, again)).toEqual([]);
      expect(await query(url, OBJECTS)).toEqual(start);
      const last = (await planOf(url, after, LARGE)).document;
      expect(errorsOf(await applyTo(url, last))).toEqual([]);
      await expectSchema(url, after);
      expect(statementsOf((await planOf(url, after, LARGE)).document)).toEqual([]);
    }),
  );
});

const hazards = (document: PlanDocument): readonly string[] =>
  document.plan.steps.flatMap((step) => step.hazards.filter(({ code }) => code === 'attach-partition').map(({ message }) => message));

describe('what is read all the same is told by a hazard', () => {
  const one = (key: string, bound: string, columns = 'a text, n integer'): readonly [string, string] => [
    `create schema app; create table app.p (${columns}) partition by ${key}; create table app.old (${columns}); insert into app.old values ('1', 0);`,
    `create schema app; create table app.p (${columns}) partition by ${key}; create table app.old (${columns});
     alter table app.p attach partition app.old ${bound}`,
  ];
  const because = (reason: string): readonly string[] => [
    `there is no online way: the rows of app.old are read while nobody can read or write them, because ${reason}`,
  ];
  const hash = 'a check proves no hash of an expression or of a type with a collation';
  const many = Array.from({ length: 101 }, (_, n) => `'${n}'`).join();

  it.each([
    ['a hash of a text', one('hash (n, a)', 'for values with (modulus 1, remainder 0)'), hash],
    ['a hash of an expression', one('hash ((n + 1))', 'for values with (modulus 1, remainder 0)'), hash],
    [
      'an operator class of its own',
      one('range (a text_pattern_ops)', `for values from ('0') to ('2')`),
      'its key has an operator class of its own',
    ],
    ['a long list', one('list (a)', `for values in (${many})`), 'PostgreSQL proves nothing of lists of more than 100 values'],
    [
      'equal numbers that are printed otherwise',
      one('range (a, n)', 'for values from (1.0, 0) to (1.00, 5)', 'a numeric, n integer'),
      'the shape of the bound FOR VALUES FROM (1.0, 0) TO (1.00, 5) is not known',
    ],
  ])('%s', (_name, [before, after], reason) =>
    withDatabase(async ({ url }) => {
      await query(url, before);
      const { document } = await planOf(url, after, LARGE);
      expect(hazards(document)).toEqual(because(reason));
      expect((await readByAttach(url, statementsOf(document))).proven).toEqual([]);
    }),
  );

  it('a key of a type with operators of its own, behind a domain too', () =>
    withDatabase(async ({ url }) => {
      const types = 'create schema app; create extension citext schema app; create domain app.word as app.citext;';
      const [before, after] = one('range (n, a)', `for values from (0, 'A') to (0, 'b')`, 'a app.word, n integer').map((sql) =>
        sql.replace('create schema app;', types),
      );
      await query(url, (before ?? '').replace(`('1', 0)`, `('AA', 0)`));
      const { document } = await planOf(url, after ?? '', LARGE);
      expect(hazards(document)).toEqual(because("its key may be compared by operators that are not PostgreSQL's own"));
      expect(errorsOf(await applyTo(url, document))).toEqual([]);
    }));

  it('a table that becomes the DEFAULT while another partition goes', () =>
    withDatabase(async ({ url }) => {
      const [before, after] = one('list (a)', 'default');
      await query(url, `${before} create table app.gone partition of app.p for values in ('x');`);
      const { document } = await planOf(url, `${after}; create table app.gone (a text, n integer)`, LARGE);
      expect(hazards(document)).toEqual(because('another partition goes later, and until then its bound counts'));
    }));

  it('a small DEFAULT partition, and with --direct everything', () =>
    withDatabase(async ({ url }) => {
      const [before, after] = one('list (a)', `for values in ('1')`);
      const rest = 'create table app.rest partition of app.p default';
      await query(url, `${before} ${rest}; insert into app.p values ('2')`);
      const small = await planOf(url, `${after}; ${rest}`, { ...LARGE, rewrite_bytes: 16 * 1024 * 1024 });
      expect(hazards(small.document)).toEqual([
        'the rows of app.rest, the DEFAULT partition of app.p, are read while nobody can read or write them',
      ]);
      expect(await readByAttach(url, statementsOf(small.document))).toEqual({ proven: ['old'], read: ['rest'] });
      const direct = await planOf(url, `${after}; ${rest}`, { ...LARGE, online: false });
      expect(hazards(direct.document)).toEqual([
        'the rows of app.old are read while nobody can read or write them; the rows of app.rest, the DEFAULT partition of app.p, are read while nobody can read or write them',
      ]);
      expect(statementsOf(direct.document)).toEqual([`ALTER TABLE ONLY app.p ATTACH PARTITION app.old FOR VALUES IN ('1')`]);
    }));
});

it('a new partition beside a large DEFAULT one: that is not read, and keeps out what belongs in the new one until it is there', () =>
  withDatabase(async ({ url }) => {
    const before = `create schema app; create table app.p (a integer, n integer) partition by range (a, n);
      create table app.rest partition of app.p default;`;
    const after = `${before} create table app.next partition of app.p for values from (10, 0) to (20, 0);
      create table app.after partition of app.p for values from (20, 0) to (30, 0);`;
    await query(url, `${before} insert into app.p select null, x from generate_series(1, 1000) x`);
    const { document } = await planOf(url, after, LARGE);
    expect(hazards(document)).toEqual([
      'rows of app.after that come before it is attached are refused by app.rest, the DEFAULT partition of app.p',
      'rows of app.next that come before it is attached are refused by app.rest, the DEFAULT partition of app.p',
    ]);
    expect(await readByAttach(url, statementsOf(document))).toEqual({ proven: ['rest', 'rest'], read: [] });
    expect(errorsOf(await applyTo(url, document))).toEqual([]);
    await expectSchema(url, after);
  }));

it('in a partition that becomes one itself, with rows in both: what is proven of the upper one is done before the lower one comes', () =>
  withDatabase(async ({ url }) => {
    const before = `create schema app; create table app.up (a bigint, n integer) partition by range (n, a);
      create table app.up_1 partition of app.up for values from (5000, 0) to (6000, 0); create table app.old (a bigint, n integer);`;
    const after = `${before} alter table app.up attach partition app.old for values from (0, 0) to (5000, 0);
      create table app.top (a bigint, n integer) partition by hash (a);
      alter table app.top attach partition app.up for values with (modulus 1, remainder 0);`;
    await query(url, `${before} insert into app.old select x, x from generate_series(1, 1000) x; insert into app.up values (1, 5000)`);
    const { document } = await planOf(url, after, LARGE);
    expect(await readByAttach(url, statementsOf(document))).toEqual({ proven: ['up', 'old'], read: [] });
    expect(hazards(document)).toEqual([]);
    expect(errorsOf(await applyTo(url, document))).toEqual([]);
    await expectSchema(url, after);
  }));

it('in a DEFAULT partition beside which another is attached: that one is first', () =>
  withDatabase(async ({ url }) => {
    const before = `create schema app; create table app.p (a integer, n integer) partition by list (a);
      create table app.rest partition of app.p default partition by range (n); create table app.rest_1 partition of app.rest for values from (0) to (10);
      create table app.old (a integer, n integer);`;
    const after = `${before} create table app.zero partition of app.p for values in (0);
      alter table app.rest attach partition app.old for values from (10) to (5000)`;
    await query(url, `${before} insert into app.p values (1, 1); insert into app.old select x, x + 10 from generate_series(1, 1000) x`);
    const { document } = await planOf(url, after, LARGE);
    expect(await readByAttach(url, statementsOf(document))).toEqual({ proven: ['rest', 'old'], read: [] });
    expect(errorsOf(await applyTo(url, document))).toEqual([]);
    await expectSchema(url, after);
  }));
