/** Rules of scope, by their sentences: what a plan may touch, what it must ask about, and what it only tells of. */
import { describe, expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { migrate, planOf, planRefusal, statementsOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const everything = { allow: [{ hazard: '*', address: null }], adopt: true } as const;

describe('A dependant outside the scope blocks a step by its address and is never dropped or recreated', () => {
  const LIVE = `
    create schema app; create schema reports;
    create table app.orders (id bigint, total integer, note text);
    create type app.mood as enum ('sad', 'happy');
    create function app.twice(n integer) returns integer language sql immutable as 'select n * 2';
    create view reports.totals as select total, note from app.orders;
    create table reports.feelings (mood app.mood);
    create table reports.doubles (n integer, check (app.twice(n) > 0));
  `;
  const less = (from: string | RegExp, to: string): string =>
    `${LIVE.split('create view reports')[0]}`.replace('create schema reports;', '').replace(from, to);
  it.each([
    ['a column is dropped', less(', note text', ''), 'view:reports.totals'],
    ['a column gets another type', less('total integer', 'total numeric'), 'view:reports.totals'],
    ['a table is dropped', less(/create table app.orders [^;]*;/, ''), 'view:reports.totals'],
    ['a type is dropped', less(/create type [^;]*;/, ''), 'column:reports.feelings.mood'],
    ['a type loses a value', less(`'sad', `, ''), 'column:reports.feelings.mood'],
    ['a function is dropped', less(/create function [^;]*;/, ''), 'constraint:reports.doubles.doubles_n_check'],
  ])('%s', (_, desired, dependant) =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const findings = await planRefusal(url, desired, everything);
      const blocking = findings.find(({ code, summary }) => code === 'SC2301' && summary.startsWith(`${dependant} depends on `));
      expect(blocking, JSON.stringify(findings)).toMatchObject({ hint: expect.stringContaining(`--manage '${dependant}'`) });
      expect(findings.every(({ code }) => code === 'SC2301')).toBe(true);
    }),
  );

  it.concurrent.each<[what: string, live: string, desired: string, dependant: string, ignore: readonly string[]]>([
    [
      'a foreign key',
      'create schema app; create table app.t (a int, constraint u unique (a)); create schema o; create table o.r (a int references app.t (a))',
      'create schema app; create table app.t (a int);',
      'constraint:o.r.r_a_fkey',
      [],
    ],
    [
      'a trigger',
      `create schema app; create function app.f() returns trigger language plpgsql as 'begin return new; end'; create schema o; create table o.r (a int); create trigger x before insert on o.r for each row execute function app.f()`,
      'create schema app;',
      'trigger:o.r.x',
      [],
    ],
    [
      'a partition',
      'create schema app; create table app.t (a int) partition by range (a); create schema o; create table o.p partition of app.t for values from (1) to (2)',
      'create schema app;',
      'partition:o.p',
      [],
    ],
    [
      'a default',
      `create schema app; create sequence app.s; create schema o; create table o.r (a int default nextval('app.s'))`,
      'create schema app;',
      'default:o.r.a',
      [],
    ],
    [
      'a child and its column',
      'create schema app; create table app.t (a int); create schema o; create table o.c (b int) inherits (app.t)',
      'create schema app;',
      'table:o.c',
      [],
    ],
    [
      'an ignored index of a managed table',
      'create schema app; create table app.t (a int, b int); create index by_hand on app.t (b)',
      'create schema app; create table app.t (a int);',
      'index:app.t.by_hand',
      ['index:app.t.by_hand'],
    ],
    [
      'an ignored view',
      'create schema app; create table app.t (a int); create view app.v as select a from app.t; create view app.w as select a from app.v',
      `create schema app; create table app.t (a int); create view app.v as select a::text as a from app.t;`,
      'view:app.w',
      ['view:app.w'],
    ],
    [
      'a policy',
      `create schema app; create function app.f() returns boolean language sql as 'select true'; create schema o; create table o.r (a int); create policy p on o.r using (app.f())`,
      'create schema app;',
      'policy:o.r.p',
      [],
    ],
    [
      'a column whose collation is dropped',
      `create schema app; create collation app.c (locale = 'C'); create schema o; create table o.r (a text collate app.c)`,
      'create schema app;',
      'column:o.r.a',
      [],
    ],
    [
      'a column whose collation is changed',
      `create schema app; create collation app.c (locale = 'C'); create schema o; create table o.r (a text collate app.c)`,
      `create schema app; create collation app.c (locale = 'POSIX');`,
      'column:o.r.a',
      [],
    ],
    [
      'a column of a domain',
      `create schema app; create domain app.d as int; create schema o; create table o.r (a app.d)`,
      `create schema app; create domain app.d as bigint;`,
      'column:o.r.a',
      [],
    ],
    [
      'a view that calls a function',
      `create schema app; create function app.f() returns int language sql as 'select 1'; create schema o; create view o.v as select app.f() as x`,
      `create schema app; create function app.f() returns bigint language sql as 'select 1::bigint';`,
      'view:o.v',
      [],
    ],
    [
      'a publication',
      `create schema app; create table app.t (a int); create publication pub for table app.t`,
      'create schema app;',
      'publication:pub',
      [],
    ],
    [
      'a column of a composite type',
      `create schema app; create type app.pair as (a int, b int); create schema o; create table o.r (p app.pair)`,
      `create schema app; create type app.pair as (a bigint, b int);`,
      'column:o.r.p',
      [],
    ],
  ])('whatever it is: %s', (_, live, desired, dependant, ignore) =>
    withDatabase(async ({ url }) => {
      await query(url, live);
      const findings = await planRefusal(url, desired, { ...everything, ignore });
      expect(findings.map(({ code, summary }) => `${code} ${summary}`)).toContainEqual(
        expect.stringContaining(`SC2301 ${dependant} depends on `),
      );
    }),
  );

  it('an index out of scope is rebuilt by the server with its column, and is not in the way', () =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema app; create table app.t (a int, b int); create index by_hand on app.t (b)');
      const desired = 'create schema app; create table app.t (a int, b text);';
      const { document } = await migrate(url, desired, { ...everything, ignore: ['index:app.t.by_hand'] });
      expect(statementsOf(document)).toEqual(['ALTER TABLE app.t ALTER COLUMN b TYPE text']);
      expect(await query(url, `select from pg_index where indexrelid = 'app.by_hand'::regclass and indisvalid`)).toHaveLength(1);
    }));

  it('what does not disturb it is planned, and it is not touched', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const before = await query(url, `select 'reports.totals'::regclass::oid as oid`);
      const { document } = await migrate(url, less('note text', 'note text, more text'));
      expect(statementsOf(document).join(';')).not.toContain('reports');
      expect(await query(url, `select 'reports.totals'::regclass::oid as oid`)).toEqual(before);
    }));
});

describe('A schema that the last applied plan managed and nothing names any more is an error until --manage or --ignore says which', () => {
  const BOTH = 'create schema one; create table one.t (a int); create schema two; create table two.t (a int);';
  const ONE = 'create schema one; create table one.t (a int);';
  const LEFT = `select from pg_namespace where nspname = 'two'`;

  it('is an error that names both ways, --ignore leaves it, --manage drops it', () =>
    withDatabase(async ({ url }) => {
      await migrate(url, BOTH);
      expect(await planRefusal(url, ONE, everything)).toMatchObject([
        { code: 'SC2201', summary: expect.stringContaining('schema two'), hint: expect.stringMatching(/--manage two .*--ignore two/) },
      ]);
      const ignored = await planOf(url, ONE, { ...everything, ignore: ['two'] });
      expect(ignored.isEmpty).toBe(true);
      await migrate(url, ONE, { ...everything, manage: ['one', 'two'] });
      expect(await query(url, LEFT)).toEqual([]);
    }));

  it('is none once somebody else dropped it', () =>
    withDatabase(async ({ url }) => {
      await migrate(url, BOTH);
      await query(url, 'drop schema two cascade');
      expect((await planOf(url, ONE)).isEmpty).toBe(true);
    }));

  it('a schema whose name only begins with an ignored one is still an error', () =>
    withDatabase(async ({ url }) => {
      await migrate(url, BOTH.replaceAll('two', 'two_more'));
      expect(await planRefusal(url, ONE, { ...everything, ignore: ['two'] })).toMatchObject([{ code: 'SC2201' }]);
    }));
});

describe('No declarations at all is an error', () => {
  it.each([
    ['an empty file', ''],
    ['comments only', '-- nothing\n/* at all */'],
  ])('%s', (_, desired) =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema app; create table app.t (a int)');
      expect(await planRefusal(url, desired, { ...everything, manage: ['*'] })).toMatchObject([
        { code: 'SC1001', hint: expect.any(String) },
      ]);
    }),
  );
});

describe('A database that schemactl never applied to refuses drops until adopted', () => {
  const LIVE = 'create schema app; create table app.t (a int, b int); create view app.v as select a from app.t;';
  const LESS = 'create schema app; create table app.t (a int);';
  const drops = ['column:app.t.b', 'view:app.v'];

  it('even when every hazard of them is allowed by name', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const allow = ['drop-column', 'drop-view'].map((hazard) => ({ hazard, address: null }));
      const { blocked } = await planOf(url, LESS, { allow });
      expect(blocked.map(({ hazard }) => `${hazard.code} ${hazard.address}`).sort()).toEqual(drops.map((each) => `unadopted-drop ${each}`));
      expect((await planOf(url, LESS, { allow, adopt: true })).blocked).toEqual([]);
    }));

  it('and does not once a plan was applied', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      await migrate(url, `${LIVE} comment on table app.t is 'ours';`);
      const { blocked } = await planOf(url, LESS);
      expect(blocked.map(({ hazard }) => hazard.code)).not.toContain('unadopted-drop');
    }));
});

describe('Kinds without a schema are added and altered, dropped only when manage lists them', () => {
  const LIVE = `create schema app; create table app.t (a int); create publication everything for table app.t; create extension citext;`;
  it('publications and extensions', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const without = 'create schema app; create table app.t (a int);';
      expect((await planOf(url, without, everything)).isEmpty).toBe(true);
      const altered = await planOf(url, `${without} create publication everything for table app.t with (publish = 'insert');`, everything);
      expect(statementsOf(altered.document)).toEqual([expect.stringMatching(/^ALTER PUBLICATION everything SET/)]);
      const dropped = await planOf(url, without, { ...everything, manage: ['app', 'publication:*'] });
      expect(statementsOf(dropped.document)).toEqual(['DROP PUBLICATION everything']);
    }));
});

describe('Members of extensions are not read: their name and version are', () => {
  it('an extension in a managed schema keeps what it brings', () =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema app; create extension citext schema app; create table app.t (a app.citext)');
      const desired = 'create schema app; create extension citext schema app; create table app.t (a app.citext);';
      expect((await planOf(url, desired, { ...everything, manage: ['*'] })).isEmpty).toBe(true);
    }));
});

describe('Objects of a class that no kind models are found and reported, never passed over', () => {
  it('as SC4003, in the plan too', () =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema app; create view information_schema.stray as select 1 as a');
      const { document, diagnostics } = await planOf(url, 'create schema app; create table app.t (a int);', everything);
      const found = { code: 'SC4003', severity: 'warning', detail: 'view information_schema.stray', hint: expect.any(String) };
      expect(diagnostics).toMatchObject([found]);
      expect(document.plan.notes).toMatchObject([found]);
    }));
});

describe('What an interrupted REINDEX CONCURRENTLY leaves is a diagnostic and no part of the schema', () => {
  it('is not planned away, not part of the fingerprint, and told with the statement that removes it', () =>
    withDatabase(async ({ url }) => {
      const desired = 'create schema app; create table app.t (a int); create index t_a on app.t (a);';
      await migrate(url, desired);
      const clean = await planOf(url, desired);
      // Ended before the last phase by what a canceled command leaves: an index of that name that is not valid.
      await query(
        url,
        `create index t_a_ccnew on app.t (a); update pg_index set indisvalid = false where indexrelid = 'app.t_a_ccnew'::regclass`,
      );
      const { isEmpty, diagnostics, document } = await planOf(url, desired, { ...everything, manage: ['*'] });
      expect(isEmpty).toBe(true);
      expect(diagnostics).toMatchObject([{ code: 'SC4004', severity: 'warning', hint: 'drop it: drop index concurrently app.t_a_ccnew' }]);
      expect(document.plan.notes.map(({ code }) => code)).toEqual(['SC4004']);
      const again = await planOf(url, desired);
      expect(again.document.plan.before).toEqual(clean.document.plan.before);
      await query(url, 'drop index concurrently app.t_a_ccnew');
      expect((await planOf(url, desired)).diagnostics).toEqual([]);
    }));

  it('an invalid index of another name is one that somebody wants', () =>
    withDatabase(async ({ url }) => {
      const desired = 'create schema app; create table app.t (a int); create index t_a on app.t (a);';
      await migrate(url, desired);
      await query(url, `update pg_index set indisvalid = false where indexrelid = 'app.t_a'::regclass`);
      const { isEmpty, document } = await planOf(url, desired, everything);
      expect(isEmpty).toBe(false);
      expect(document.plan.changes.map(({ address }) => address)).toContain('index:app.t.t_a');
    }));
});
