/** Defects that other expand/contract engines are known to have (named with their issue, where there is one): each has a test that it is not here. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../../src/core/plan.js';
import { query, withClient, withDatabase } from '../support/database.js';
import { schemaDump } from '../support/judge.js';
import { abortOf, applyTo, planOf, planRefusal, statementsOf } from '../support/made-plan.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 120_000 });

const beside = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0 } as const;

const NARROW = `create schema app; create table app.t (id serial primary key, n integer, paid integer, "no id" text default 'n, id');
  alter table app.t set (autovacuum_enabled = false, fillfactor = 80);`;
const WIDE = NARROW.replace('n integer', 'n bigint');
const ROWS = `insert into app.t (n, paid) select n, n * 2 from generate_series(1, 3000) n`;
const inStep = `select count(*)::int as n from app.t where n is distinct from`;

/** A plan that is half-way: the expand phase is done, and the second column is named as it says. */
async function expanded(url: string, before = NARROW, after = WIDE): Promise<{ readonly document: PlanDocument; readonly column: string }> {
  await query(url, `${before} ${ROWS}`);
  const { document } = await planOf(url, after, beside);
  expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
  const [made] = statementsOf(document).flatMap((sql) => /ADD COLUMN (\S+) bigint/.exec(sql)?.[1] ?? []);
  return { document, column: made ?? '' };
}

const contractOf = ({ plan }: PlanDocument): readonly (readonly string[])[] =>
  plan.steps.filter(({ phase }) => phase === 'contract').map(({ statements }) => statements.map(({ sql }) => sql));

const errorsOf = (outcome: Awaited<ReturnType<typeof applyTo>>): readonly string[] =>
  outcome.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);

describe('pgroll', () => {
  it('passes over a trigger that could not be made: here nothing is filled without it', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${NARROW} ${ROWS}`);
      await query(
        url,
        `create function public.refuse() returns event_trigger language plpgsql as $$ begin
           if current_setting('test.quiet', true) is null then raise 'no trigger today'; end if; end $$;
         create event trigger refuse on ddl_command_start when tag in ('CREATE TRIGGER') execute function public.refuse()`,
      );
      const { document } = await planOf(url, WIDE, beside);
      const outcome = await applyTo(url, document);
      expect(outcome.exitCode).toBe(1);
      expect(JSON.stringify(outcome.diagnostics)).toContain('no trigger today');
      expect(await query(url, 'select count(*)::int as n from schemactl.progress')).toEqual([{ n: 0 }]);
      await query(url, `alter database ${new URL(url).pathname.slice(1)} set test.quiet = 'yes'`);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect((await planOf(url, WIDE, beside)).isEmpty).toBe(true);
    }));

  it('drops the column and the trigger in two transactions (#906): here the trigger goes first, in the same one', () =>
    withDatabase(async ({ url }) => {
      const { document } = await expanded(url);
      const [step = [], ...more] = contractOf(document);
      expect(more).toEqual([]);
      expect(step[0]).toMatch(/^DROP TRIGGER /);
      expect(step.findIndex((sql) => /DROP COLUMN/.test(sql))).toBeGreaterThan(step.findIndex((sql) => /^DROP FUNCTION /.test(sql)));
      expect(document.plan.steps.find(({ phase }) => phase === 'contract')?.transaction).toBe('transaction');
    }));

  it('tries a concurrent build again over its own INVALID index: here that one is cleared first, and no lock timeout cuts a build short', () =>
    withDatabase(async ({ url }) => {
      const after = `${NARROW} create unique index one on app.t (paid);`;
      await query(url, `${NARROW} ${ROWS}; update app.t set paid = 2 where id = 2`);
      const { document } = await planOf(url, after, beside);
      const build = document.plan.steps.find(({ statements }) => /CONCURRENTLY/.test(statements[0]?.sql ?? ''));
      expect(build).toMatchObject({ transaction: 'none', lock_timeout_ms: 0 });
      expect(errorsOf(await applyTo(url, document))).toContain('SC5303');
      await query(url, 'update app.t set paid = 4 where id = 2');
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(await query(url, `select count(*)::int as n from pg_index where not indisvalid`)).toEqual([{ n: 0 }]);
      await expectSchema(url, after);
    }));

  it('tells versions apart by search_path (#829): here any search_path will do, and row security and what shadows a function too', () =>
    withDatabase(async ({ url }) => {
      const { document, column } = await expanded(url);
      await withClient(url, async (client) => {
        for (const path of [`''`, 'app', 'public, app', 'evil, pg_catalog, app', '"$user"']) {
          await client.query(`create schema if not exists evil; set search_path = ${path}`);
          await client.query('update app.t set n = n + 1 where id <= 10');
          await client.query('insert into app.t (n) values (null), (7)');
        }
      });
      expect(await query(url, `${inStep} ${column}`)).toEqual([{ n: 0 }]);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    }));

  it('never ends a backfill while rows come in (#583): here the last key is looked up once, and what comes later the trigger fills', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${NARROW} ${ROWS}`);
      const { document } = await planOf(url, WIDE, beside);
      const writer = setInterval(
        () => void query(url, 'insert into app.t (n) select 5 from generate_series(1, 400)').catch(() => undefined),
        5,
      );
      const done: number[] = [];
      const outcome = await applyTo(url, document, {
        phase: 'expand',
        onEvent: (event) => {
          if (event.type === 'rows_done') done.push(event.done);
        },
      });
      clearInterval(writer);
      expect(outcome).toMatchObject({ exitCode: 0 });
      const [{ n } = { n: 0 }] = await query<{ n: number }>(url, 'select count(*)::int as n from app.t');
      expect(done.at(-1)).toBeLessThan(n);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    }));

  it('asks for a primary key even of an empty table (#636): here a table may be empty and have none', () =>
    withDatabase(async ({ url }) => {
      const before = 'create schema app; create table app.t (n integer);';
      await query(url, before);
      const after = before.replace('integer', 'bigint');
      const { document } = await planOf(url, after, beside);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      await expectSchema(url, after);
    }));

  it('fills no column of a primary key (#910): here it does', () =>
    withDatabase(async ({ url }) => {
      const before = 'create schema app; create table app.t (id integer primary key, note text);';
      await query(url, `${before} insert into app.t select n, 'n' from generate_series(1, 2000) n`);
      const after = before.replace('integer', 'bigint');
      const { document } = await planOf(url, after, beside);
      expect(document.plan.steps.filter(({ backfill }) => backfill !== undefined)).toHaveLength(1);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(await query(url, 'select count(id)::int as n, sum(id)::int as sum from app.t')).toEqual([{ n: 2000, sum: 2_001_000 }]);
      await expectSchema(url, after);
    }));

  it('leaves a failed backfill where it stopped (#316, #317): here it goes on after the repair, or abort takes all of it back', () =>
    withDatabase(async ({ url }) => {
      const before = NARROW.replace('n integer', 'n text');
      await query(
        url,
        `${before} insert into app.t (n) select n::text from generate_series(1, 3000) n; update app.t set n = 'x' where id = 2999`,
      );
      const start = await schemaDump(url);
      const after = before.replace('n text,', 'n integer, -- schemactl: using n::integer\n');
      const failing = await planOf(url, after, beside);
      expect(errorsOf(await applyTo(url, failing.document))).not.toEqual([]);
      expect(await abortOf(url, failing.document)).toMatchObject({ exitCode: 0, steps_kept: 0 });
      expect(await schemaDump(url)).toBe(start);
      expect(await query(url, 'select count(*)::int as n from app.t')).toEqual([{ n: 3000 }]);
      const { document } = await planOf(url, after, beside);
      expect(errorsOf(await applyTo(url, document))).not.toEqual([]);
      await query(url, `update app.t set n = '0' where id = 2999`);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      await expectSchema(url, after);
    }));

  it('writes DDL from elsewhere into its history, twice (#304): here it is no plan, and what is not in the way of one is left alone', () =>
    withDatabase(async ({ url }) => {
      const { document } = await expanded(url);
      await query(url, 'create schema other; create table other.t (a integer); alter table other.t add column b integer');
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(await query(url, `select id::text as id from schemactl.plans`)).toEqual([{ id: document.plan.id }]);
      await query(url, 'alter table app.t add column elsewhere integer');
      const seen = statementsOf((await planOf(url, WIDE, beside)).document);
      expect(seen).toEqual([expect.stringContaining('DROP COLUMN elsewhere')]);
    }));

  it('cannot be called off once the machine that began it is gone (#468): here whoever reaches the database can, without the plan file', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${NARROW} ${ROWS}`);
      const start = await schemaDump(url);
      const { document } = await planOf(url, WIDE, beside);
      const gone = new AbortController();
      const outcome = await applyTo(url, document, {
        signal: gone.signal,
        onEvent: (event) => {
          if (event.type !== 'rows_done') return;
          gone.abort();
          const kill =
            'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
          execFileSync('psql', ['-X', '-q', '-d', url, '-c', kill], { stdio: 'ignore' });
        },
      });
      expect(outcome.exitCode).not.toBe(0);
      expect(await abortOf(url, document)).toMatchObject({ exitCode: 0, steps_kept: 0 });
      expect(await schemaDump(url)).toBe(start);
      expect(await query(url, 'select count(*)::int as n from app.t')).toEqual([{ n: 3000 }]);
    }));

  it('crashes over a bad expression (#678): here it is an error at its place, before anything is done', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${NARROW} ${ROWS}`);
      const bad = WIDE.replace('n bigint,', 'n bigint, -- schemactl: using n ++\n');
      const refused = await planRefusal(url, bad, beside);
      expect(refused.filter(({ severity }) => severity === 'error')).toMatchObject([
        { code: 'SC1024', summary: expect.stringContaining('syntax error'), span: { start: { line: 1, column: 73 } } },
      ]);
      expect(await query(url, `select to_regclass('schemactl.plans') is null as untouched`)).toEqual([{ untouched: true }]);
    }));

  it('leaves a serial to the sequence of the old column (#633): here it goes on counting, and belongs to the new one', () =>
    withDatabase(async ({ url }) => {
      const before = 'create schema app; create table app.t (id serial primary key, note text);';
      const after = before.replace('serial', 'bigserial');
      await query(url, `${before} insert into app.t (note) select 'n' from generate_series(1, 50)`);
      const { document } = await planOf(url, after, beside);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(await query(url, `insert into app.t (note) values ('x') returning id::int`)).toEqual([{ id: 51 }]);
      expect(await query(url, `select pg_get_serial_sequence('app.t', 'id') as name`)).toEqual([{ name: 'app.t_id_seq' }]);
      await expectSchema(url, after);
    }));

  it('looks its version up for each row (#389): here the trigger reads no table and no catalog', () =>
    withDatabase(async ({ url }) => {
      const { document } = await expanded(url);
      const [made = ''] = statementsOf(document).filter((sql) => /^CREATE FUNCTION /.test(sql));
      expect(made.replaceAll('FROM (SELECT NEW.*)', '')).not.toMatch(/\bfrom\s+[a-z"]/i);
      expect(made).not.toMatch(/current_setting/i);
      expect(made).toMatch(/SET search_path/i);
    }));

  it('puts columns into expressions as text: here `n` in paid, in a string and in a quoted name stays what it is', () =>
    withDatabase(async ({ url }) => {
      const after = WIDE.replace('n bigint,', `n bigint, -- schemactl: using n + paid + length("no id") - length('n, id')\n`);
      await query(url, `${NARROW} ${ROWS}`);
      const { document } = await planOf(url, after, beside);
      expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
      await query(url, 'update app.t set n = 1 where id = 3');
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(await query(url, 'select n::int from app.t where id in (3, 4) order by id')).toEqual([{ n: 7 }, { n: 12 }]);
    }));

  it('marks rows in a column of its own: here no column is used up but the old one', () =>
    withDatabase(async ({ url }) => {
      const { document } = await expanded(url);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      const dropped = `select count(*)::int as n from pg_attribute where attrelid = 'app.t'::regclass and attisdropped`;
      expect(await query(url, dropped)).toEqual([{ n: 1 }]);
    }));
});

describe('reshape', () => {
  it('drops every enum of the database, and thinks of schema public: here what is not in the plan stays', () =>
    withDatabase(async ({ url }) => {
      const before = `create schema app; create type app.mood as enum ('sad', 'ok', 'gone'); create table app.t (id integer primary key, m app.mood);`;
      const after = before.replace(`, 'gone'`, '');
      await query(url, `${before} create schema other; create type other.mood as enum ('gone'); create type public.mood as enum ('gone');`);
      const { document } = await planOf(url, after, { ...beside, manage: ['app'] });
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      const left = `select enumtypid::regtype::text as type, count(*)::int as labels from pg_enum group by 1 order by 1`;
      expect(await query(url, left)).toEqual([
        { type: 'app.mood', labels: 2 },
        { type: 'mood', labels: 1 },
        { type: 'other.mood', labels: 1 },
      ]);
    }));
});

describe('pg-osc', () => {
  it('does not replay a value that becomes null: here it does, and back', () =>
    withDatabase(async ({ url }) => {
      const { document, column } = await expanded(url);
      await query(url, 'update app.t set n = null where id <= 100; update app.t set n = 3 where id <= 50');
      expect(await query(url, `${inStep} ${column}`)).toEqual([{ n: 0 }]);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(await query(url, 'select count(*)::int as n from app.t where n is null')).toEqual([{ n: 50 }]);
    }));

  it('loses names, storage parameters and the place of sequences (#69, #71): here nothing but the type is another', () =>
    withDatabase(async ({ url }) => {
      const { document } = await expanded(url);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      await expectSchema(url, WIDE);
      expect(await query(url, 'insert into app.t (n) values (1) returning id')).toEqual([{ id: 3001 }]);
    }));

  it('copies no row of a partitioned table (#68): here all of them are there, in the partitions that hold them', () =>
    withDatabase(async ({ url }) => {
      const before = `create schema app; create table app.t (id integer, n integer, primary key (id)) partition by range (id);
        create table app.low partition of app.t for values from (0) to (1000);
        create table app.high partition of app.t for values from (1000) to (100000);`;
      await query(url, `${before} ${ROWS.replace('(n, paid)', '(id, n)')}`);
      const after = before.replace('n integer', 'n bigint');
      const { document } = await planOf(url, after, beside);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      const rows = `select tableoid::regclass::text as place, count(*)::int as rows, sum(n)::int as sum from app.t group by 1 order by 1`;
      expect(await query(url, rows)).toEqual([
        { place: 'app.high', rows: 2001, sum: 8_004_000 },
        { place: 'app.low', rows: 999, sum: 999_000 },
      ]);
      await expectSchema(url, after);
    }));
});

describe('pg-osc, at the swap', () => {
  const plain = 'create schema app; create table app.t (id integer primary key, n integer, paid integer);';
  const swaps: readonly (readonly [what: string, before: string, after: string])[] = [
    ['a column', NARROW, WIDE],
    ['a table', plain, `${plain.replace(/;$/, '')} partition by range (id); create table app.all partition of app.t default;`],
  ];

  it.each(swaps)('loses what is written between replay and swap (#58): here %s is swapped when nobody is writing', (_what, before, after) =>
    withDatabase(async ({ url }) => {
      await query(url, `${before} insert into app.t (id, n) select n, n from generate_series(1, 3000) n`);
      const { document } = await planOf(url, after, beside);
      expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
      await withClient(url, async (writer) => {
        await writer.query('begin');
        await writer.query(
          'update app.t set n = -1 where id <= 10; delete from app.t where id = 11; insert into app.t (id, n) values (9000, -1)',
        );
        const [outcome] = await Promise.all([
          applyTo(url, document, { lock_retries: 20 }),
          new Promise((resolve) => setTimeout(resolve, 700)).then(() => writer.query('commit')),
        ]);
        expect(outcome).toMatchObject({ exitCode: 0 });
      });
      expect(await query(url, 'select count(*)::int as n, (count(*) filter (where n = -1))::int as last from app.t')).toEqual([
        { n: 3000, last: 11 },
      ]);
      await expectSchema(url, after);
    }),
  );

  it.each(swaps)(
    'has no way back (#14): here %s goes back before the contract phase by abort, and after it by a plan',
    (_what, before, after) =>
      withDatabase(async ({ url }) => {
        await query(url, `${before} insert into app.t (id, n) select n, n from generate_series(1, 3000) n`);
        const rows = 'select md5(string_agg((id, n, paid)::text, chr(10) order by id)) as rows from app.t';
        const at = await query(url, rows);
        const { document } = await planOf(url, after, beside);
        await applyTo(url, document, { phase: 'expand' });
        await abortOf(url, document);
        await expectSchema(url, before);
        expect(await query(url, rows)).toEqual(at);
        for (const sql of [after, before]) {
          expect(await applyTo(url, (await planOf(url, sql, beside)).document)).toMatchObject({ exitCode: 0 });
          await expectSchema(url, sql);
          expect(await query(url, rows)).toEqual(at);
        }
      }),
  );
});

describe('gh-ost', () => {
  it('takes a lost connection for the end of the rows (#444): here the rows go on behind those that are done, whoever connects again', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${NARROW} insert into app.t (n) select n from generate_series(1, 20000) n`);
      const { document } = await planOf(url, WIDE, beside);
      let killed = false;
      const outcome = await applyTo(url, document, {
        onEvent: (event) => {
          if (event.type !== 'rows_done' || killed) return;
          killed = true;
          // At once: the next batch must not be written first.
          const kill =
            'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
          execFileSync('psql', ['-X', '-q', '-d', url, '-c', kill], { stdio: 'ignore' });
        },
      });
      expect(killed).toBe(true);
      if (outcome.exitCode !== 0) expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(await query(url, 'select rows_done::int as n from schemactl.progress')).toEqual([{ n: 20_000 }]);
      expect(await query(url, 'select count(n)::int as n from app.t')).toEqual([{ n: 20_000 }]);
      await expectSchema(url, WIDE);
    }));
});

describe('pg-schema-diff', () => {
  it('waits for locks as long as a statement may run: here the two are told apart in each step', () =>
    withDatabase(async ({ url }) => {
      await query(url, NARROW);
      const { document } = await planOf(url, NARROW.replace('paid integer', 'paid integer, more text'), {
        timeouts: { lock_ms: 300, statement_ms: 1_200_000 },
      });
      expect(document.plan.steps).toMatchObject([{ lock_timeout_ms: 300, statement_timeout_ms: 1_200_000 }]);
    }));
});

describe('pgschema and pistachio', () => {
  it.each([
    ['an index is not valid', `update pg_index set indisvalid = false where indexrelid = 'app.i'::regclass`],
    ['a check is not validated', `update pg_constraint set convalidated = false where conname = 'positive'`],
    ['an index is not ready', `update pg_index set indisvalid = false, indisready = false where indexrelid = 'app.i'::regclass`],
  ])('take a database for what it should be where %s (#598): here there is a plan', (_what, damage) =>
    withDatabase(async ({ url }) => {
      const sql = `create schema app; create table app.t (id integer, constraint positive check (id > 0)); create index i on app.t (id);`;
      await query(url, sql);
      expect((await planOf(url, sql, beside)).isEmpty).toBe(true);
      await query(url, damage);
      const planned = await planOf(url, sql, beside);
      expect(planned.isEmpty).toBe(false);
      expect(await applyTo(url, planned.document)).toMatchObject({ exitCode: 0 });
      expect((await planOf(url, sql, beside)).isEmpty).toBe(true);
    }),
  );
});
