/** Scratch databases on servers that are not ours: what they are like, who gets in, what stays behind, and what is never sent at all. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readServer } from '../../src/catalog/server.js';
import { ExitCode } from '../../src/core/exit-code.js';
import type { EmbeddedServer } from '../../src/scratch/embedded.js';
import { startEmbedded } from '../../src/scratch/embedded.js';
import { openScratch, type Scratch } from '../../src/scratch/open.js';
import { ownerComment, scratchName } from '../../src/scratch/orphans.js';
import { project, start } from '../commands/run-binary.js';
import { createDatabase, query, testServer, withClient, withDatabase } from '../support/database.js';
import { planOf, planRefusal, spec } from '../support/made-plan.js';

// Several plans each, and servers of other majors.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const mark = randomBytes(4).toString('hex');
const GUEST = `scratch_guest_${mark}`;
const target = { kind: 'target', superuserConsent: true } as const;

/** Names of the scratch databases on a server. */
async function scratchDatabases(url: string): Promise<readonly string[]> {
  const rows = await query<{ name: string }>(
    url,
    `select datname::text as name from pg_database where datname ~ '^schemactl_scratch_' order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('it did not come about in 20 s');
}

describe('with nothing said about scratch', () => {
  let server: EmbeddedServer;
  beforeAll(async () => {
    server = await startEmbedded({ major: 15, settings: { log_statement: 'all', log_min_messages: 'log' } });
  });
  afterAll(() => server.stop());

  it("nothing but reads reaches the target: a pull request's functions never run there", async () => {
    await query(server.url, 'create database live');
    const url = server.url.replace('/postgres?', '/live?');
    await query(url, 'create schema app; create table app.t (a integer)');
    const before = readFileSync(join(server.socketDir, 'log'), 'utf8').length;
    const { document } = await planOf(
      url,
      `create schema app;
       create function app.loud(i integer) returns integer language plpgsql immutable as $$ begin raise log 'it ran'; return i; end $$;
       create table app.t (a integer, b integer default app.loud(1), c integer generated always as (app.loud(a)) stored);
       create index i on app.t (app.loud(a));
       alter table app.t add constraint k check (app.loud(a) > 0);
       create table app.p (a integer) partition by range (a);
       create table app.p1 partition of app.p for values from (app.loud(1)) to (app.loud(10));
       create materialized view app.m as select app.loud(7) as seven;`,
      { scratch: { kind: 'embedded' } },
    );
    expect(document.plan.steps.length).toBeGreaterThan(0);
    const log = readFileSync(join(server.socketDir, 'log'), 'utf8').slice(before);
    const sent = [...log.matchAll(/(?:statement|execute [^:]*):\s+(.*)/g)].map((found) => found[1] ?? '');
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.filter((sql) => !/^(select|with|begin|commit|rollback|set|show|prepare|execute)\b/i.test(sql))).toEqual([]);
    expect(log).not.toMatch(/it ran|app\.loud|schemactl_scratch/);
  });
});

describe('a temporary database on the target', () => {
  it('is refused to a superuser who did not say so', () =>
    withDatabase(async ({ url }) => {
      const [refused] = await planRefusal(url, 'create schema app;', { scratch: { kind: 'target', superuserConsent: false } });
      expect(refused).toMatchObject({ code: 'SC8002', hint: expect.stringMatching(/--scratch target/) });
    }));

  it('gives a superuser a plan with consent, and is gone afterwards', () =>
    withDatabase(async ({ url }) => {
      const before = await scratchDatabases(url);
      const { document } = await planOf(url, 'create schema app; create table app.t (a integer);', { scratch: target });
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual([true]);
      expect(await scratchDatabases(url)).toEqual(before);
    }));

  it('copies nothing onto the catalog for a role that may not, and says what is missing', () =>
    withDatabase(async ({ url, name }) => {
      const role = `scratch_plain_${mark}`;
      await query(url, `create role ${role} login createdb`);
      try {
        await query(
          url,
          `grant create on database ${name} to ${role}; set role ${role}; create schema app; create table app.t (a integer); create index i on app.t (a)`,
        );
        await query(url, `update pg_index set indisvalid = false where indexrelid = 'app.i'::regclass`);
        const plain = new URL(url);
        plain.username = role;
        const { document } = await planOf(
          plain.href,
          'create schema app; create table app.t (a integer, b text); create index i on app.t (a);',
          { scratch: { kind: 'target', superuserConsent: false }, allow: [{ hazard: '*', address: null }] },
        );
        expect(document.plan.steps[0]?.proven).toMatch(/^index:app\.t\.i: scratch cannot be made to hold it as it is: permission denied/);
      } finally {
        await query(url, `drop owned by ${role}; drop role ${role}`);
      }
    }));

  it('is gone after an error too', () =>
    withDatabase(async ({ url }) => {
      const before = await scratchDatabases(url);
      expect(await planRefusal(url, 'create schema app; create view app.v as select nothing;', { scratch: target })).toHaveLength(1);
      expect(await scratchDatabases(url)).toEqual(before);
    }));

  const LOCALES: readonly (readonly [number, string, string])[] = [
    [14, 'libc', "lc_collate 'C' lc_ctype 'C'"],
    [15, 'another encoding', "encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'"],
    [15, 'ICU', "locale_provider icu icu_locale 'de-DE'"],
    [16, 'ICU with rules', "locale_provider icu icu_locale 'en-US' icu_rules '&a < g'"],
    [17, 'builtin', "locale_provider builtin builtin_locale 'C'"],
    [18, 'builtin, Unicode', "locale_provider builtin builtin_locale 'PG_UNICODE_FAST'"],
  ];
  it.each(LOCALES)('on %i has the live encoding and locale: %s', async (major, _, options) => {
    const server = await testServer(major);
    const name = `scratch_locale_${mark}`;
    await query(server.url, `create database ${name} template template0 ${options}`);
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    try {
      const localeOf = (of: string) =>
        query(
          of,
          `select to_jsonb(d) - '{oid,datname,datacl,datfrozenxid,datminmxid,datconnlimit,datcollversion}'::text[] as row
             from pg_database d where datname = current_database()`,
        );
      await withScratch(url.href, async (scratch) => {
        const database = await scratch.newDatabase();
        const { rows } = await database.client.query(
          `select to_jsonb(d) - '{oid,datname,datacl,datfrozenxid,datminmxid,datconnlimit,datcollversion}'::text[] as row
             from pg_database d where datname = current_database()`,
        );
        expect(rows).toEqual(await localeOf(url.href));
      });
    } finally {
      await query(server.url, `drop database ${name} with (force)`);
    }
  });

  it('is closed to everybody else, takes one connection, and says whose it is', async () => {
    const server = await testServer();
    await query(server.url, `create role ${GUEST} login`);
    try {
      await withDatabase(({ url }) =>
        withScratch(url, async (scratch) => {
          await scratch.newDatabase();
          const [row] = await query<{ name: string; limit: number; public: boolean; comment: string }>(
            url,
            `select datname::text as name, datconnlimit as limit, shobj_description(oid, 'pg_database') as comment,
                    exists (select from aclexplode(coalesce(datacl, acldefault('d', datdba))) where grantee = 0) as public
               from pg_database where shobj_description(oid, 'pg_database') like '%"pid":${process.pid},%'`,
          );
          expect(row).toMatchObject({ limit: 1, public: false });
          expect(JSON.parse(row?.comment.replace('schemactl scratch ', '') ?? '')).toMatchObject({
            pid: process.pid,
            host: hostname(),
            created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          });
          const guest = new URL(url);
          guest.pathname = `/${row?.name}`;
          await expect(query(guest.href, `set role ${GUEST}; create temporary table x (a integer)`)).rejects.toThrow(/permission denied/);
          expect(await query(url, `select has_database_privilege('${GUEST}', '${row?.name}', 'connect') as may`)).toEqual([{ may: false }]);
        }),
      );
    } finally {
      await query(server.url, `drop role ${GUEST}`);
    }
  });
});

/** A scratch place on the target for the time of one function. */
async function withScratch(url: string, work: (scratch: Scratch) => Promise<void>): Promise<void> {
  const facts = await withClient(url, readServer);
  const scratch = await openScratch({ choice: target, target: spec(url), facts, extensions: [] });
  try {
    await work(scratch);
  } finally {
    await scratch.close();
  }
}

describe('a server that is given with --scratch URL', () => {
  it('gets no roles: those that the desired state names must be there', () =>
    withDatabase(async ({ url }) => {
      const role = `scratch_missing_${mark}`;
      const given = await startEmbedded({ major: 15 });
      try {
        await query(url, `create role ${role}`);
        const scratch = { kind: 'url', connection: spec(given.url) } as const;
        const desired = `create schema app; create table app.t (a integer); alter table app.t owner to ${role};`;
        const [refused] = await planRefusal(url, desired, { scratch });
        expect(refused).toMatchObject({ code: 'SC8004', hint: expect.stringContaining(`create role "${role}";`) });
        const names = await query<{ name: string }>(given.url, `select rolname::text as name from pg_roles where rolname !~ '^pg_'`);
        expect(names).toEqual([{ name: 'postgres' }]);
        await query(given.url, `create role ${role}`);
        expect((await planOf(url, desired, { scratch })).document.plan.steps.map(({ proven }) => proven)).toEqual([true]);
      } finally {
        await given.stop();
        await query(url, `drop role ${role}`);
      }
    }));

  it('must be of the same major version', () =>
    withDatabase(async ({ url }) => {
      const [refused] = await planRefusal(url, 'create schema app;', { scratchMajor: 17 });
      expect(refused).toMatchObject({ code: 'SC8005', summary: 'the scratch server is PostgreSQL 17, and the database PostgreSQL 15' });
    }));
});

describe('tablespaces and roles of the live server are made again on servers that are ours', () => {
  it('and the plan that names them is proven', async () => {
    const server = await startEmbedded({ major: 15 });
    try {
      await query(server.url, 'create role keeper nologin');
      await query(server.url, 'set allow_in_place_tablespaces = on');
      await withClient(server.url, async (client) => {
        await client.query('set allow_in_place_tablespaces = on');
        await client.query("create tablespace fast location ''");
      });
      await query(server.url, 'create schema app; create table app.t (a integer) tablespace fast; alter table app.t owner to keeper');
      const { document } = await planOf(
        server.url,
        'create schema app; create table app.t (a integer, b text) tablespace fast; alter table app.t owner to keeper; create index i on app.t (a) tablespace fast;',
        { scratch: { kind: 'embedded' } },
      );
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual([true, true]);
    } finally {
      await server.stop();
    }
  });
});

describe('event triggers do not fire in scratch', () => {
  it.each([14, 15, 16, 17, 18])('on %i, however they are enabled, in the live database and in the files', async (major) => {
    const database = await createDatabase({ major });
    try {
      const desired = `
        create schema app;
        create function app.fire() returns event_trigger language plpgsql as 'begin raise exception ''it fired''; end';
        create event trigger plain on ddl_command_start execute function app.fire();
        create event trigger replicas on ddl_command_end execute function app.fire();
        create event trigger everywhere on ddl_command_start execute function app.fire();
        create event trigger dropping on sql_drop execute function app.fire();
        alter event trigger replicas enable replica;
        alter event trigger everywhere enable always;
        alter event trigger dropping enable always;
        create table app.t (a integer);`;
      await query(database.url, desired.replace(/create table[^;]*;/, ''));
      await query(database.url, `${major >= 17 ? 'set event_triggers = off;' : ''} select 1`);
      const { document } = await planOf(database.url, desired, { scratchMajor: major, scratch: { kind: 'embedded' }, manage: ['*'] });
      expect(document.plan.steps.map(({ title, proven }) => [title, proven])).toEqual([['create table:app.t', true]]);
      const anew = await createDatabase({ major });
      try {
        const all = await planOf(anew.url, desired, { scratch: { kind: 'embedded' }, manage: ['*'] });
        expect(all.document.plan.steps.every(({ proven }) => proven === true)).toBe(true);
      } finally {
        await anew.drop();
      }
    } finally {
      await database.drop();
    }
  });
});

describe('orphans', () => {
  /** A database as an earlier run left it, `created` so long ago. */
  async function orphan(url: string, comment: string | null): Promise<string> {
    const name = scratchName();
    await query(url, `create database ${name}`);
    if (comment !== null) await query(url, `comment on database ${name} is ${pg.escapeLiteral(comment)}`);
    return name;
  }
  const HOUR = 3600 * 1000;
  const commented = async (ago: number, change: Record<string, unknown> = {}): Promise<string> => {
    const comment = await ownerComment(new Date(Date.now() - ago));
    const from = comment.indexOf('{');
    return `${comment.slice(0, from)}${JSON.stringify({ ...JSON.parse(comment.slice(from)), ...change })}`;
  };
  const DEAD = 2 ** 22 + 1;

  it('are dropped by the next run when their maker is dead, and nothing else is', async () => {
    const { url } = await testServer();
    const ours = await orphan(url, await commented(HOUR, { pid: DEAD }));
    const foreign = await orphan(url, await commented(48 * HOUR, { host: 'elsewhere' }));
    const kept = {
      alive: await orphan(url, await commented(HOUR)),
      young: await orphan(url, await commented(0, { pid: DEAD })),
      recentElsewhere: await orphan(url, await commented(HOUR, { pid: DEAD, host: 'elsewhere' })),
      unmarked: await orphan(url, null),
      otherComment: await orphan(url, 'not ours'),
      connected: await orphan(url, await commented(HOUR, { pid: DEAD })),
    };
    const connected = new URL(url);
    connected.pathname = `/${kept.connected}`;
    try {
      await withClient(connected.href, () => withDatabase((live) => withScratch(live.url, async () => undefined)));
      const left = await scratchDatabases(url);
      expect(left).toEqual(expect.arrayContaining(Object.values(kept)));
      expect(left).not.toContain(ours);
      expect(left).not.toContain(foreign);
    } finally {
      for (const name of Object.values(kept)) await query(url, `drop database if exists ${name} with (force)`);
    }
  });

  const SLOW = `create schema app;
    create function app.slow() returns integer language plpgsql as $$ begin perform pg_sleep(60); return 1; end $$;
    create table app.p (a integer) partition by range (a);
    create table app.p1 partition of app.p for values from (app.slow()) to (10);`;

  /** The executable in the middle of a slow declaration in a scratch database on the target. */
  async function inTheMiddle(url: string, work: (running: ReturnType<typeof start>, name: string) => Promise<void>): Promise<void> {
    const before = await scratchDatabases(url);
    const running = start(project({ 'app.sql': SLOW }), ['plan', '--url', url, '--desired', 'app.sql', '--scratch', 'target']);
    const mine = async () => (await scratchDatabases(url)).filter((name) => !before.includes(name));
    try {
      await until(
        async () =>
          (await query(url, `select from pg_stat_activity where wait_event = 'PgSleep' and datname ~ '^schemactl_scratch'`)).length > 0,
      );
      await work(running, (await mine())[0] ?? '');
    } finally {
      await running.kill();
      for (const name of await mine()) await query(url, `drop database if exists ${name} with (force)`);
    }
  }

  it.each([
    ['SIGINT', ExitCode.interrupted],
    ['SIGTERM', ExitCode.terminated],
  ] as const)('are not left by %s', (signal, code) =>
    withDatabase(({ url }) =>
      inTheMiddle(url, async (running, name) => {
        running.child.kill(signal);
        expect((await running.ended).code).toBe(code);
        expect(await scratchDatabases(url)).not.toContain(name);
      }),
    ),
  );

  it('that kill -9 leaves are swept by the next run', () =>
    withDatabase(({ url }) =>
      inTheMiddle(url, async (running, name) => {
        await running.kill();
        expect(await scratchDatabases(url)).toContain(name);
        // The server goes on with the statement of a client that is gone; and a maker that has just begun is left alone.
        await query(url, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
        const [row] = await query<{ comment: string }>(
          url,
          `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = '${name}'`,
        );
        const aged = (row?.comment ?? '').replace(/"created":"[^"]*"/, `"created":"${new Date(Date.now() - HOUR).toISOString()}"`);
        await query(url, `comment on database ${name} is ${pg.escapeLiteral(aged)}`);
        await until(async () => (await query(url, `select from pg_stat_activity where datname = '${name}'`)).length === 0);
        await planOf(url, 'create schema app;', { scratch: target });
        expect(await scratchDatabases(url)).not.toContain(name);
      }),
    ));
});
