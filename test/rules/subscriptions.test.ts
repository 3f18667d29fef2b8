/** Rules of subscriptions, by their sentences: no plan holds their passwords, and planning reaches no publisher. */
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { query, testServer, withClient, withDatabase } from '../support/database.js';
import { migrate, planOf, spec, statementsOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const everything = { allow: [{ hazard: '*', address: null }], adopt: true, manage: ['*'] } as const;
const SCHEMA = 'create schema app;';
const subscription = (connection: string, options = 'connect = false, slot_name = none') =>
  `create subscription s connection '${connection.replaceAll("'", "''")}' publication p with (${options});`;

const CANARY = 'c4nary';
/** Every way to give libpq a secret, with what is left of it. */
const SECRETS: readonly (readonly [connection: string, shown: string])[] = [
  [`host=/nowhere password=${CANARY} dbname=x`, 'host=/nowhere dbname=x'],
  [`host=/nowhere password='${CANARY} host=y' dbname=x`, 'host=/nowhere dbname=x'],
  [String.raw`password = '\'${CANARY}' host = /nowhere`, 'host=/nowhere'],
  [String.raw`host=/nowhere password=\ ${CANARY}\'`, 'host=/nowhere'],
  [`host=/nowhere sslpassword=${CANARY} user=u`, 'host=/nowhere user=u'],
  [`postgresql://u:${CANARY}%40@nowhere.invalid/x?sslmode=require`, 'postgresql://u@nowhere.invalid/x?sslmode=require'],
  [`postgres://nowhere.invalid:1,other.invalid/x?user=u&password=${CANARY}`, 'postgres://nowhere.invalid:1,other.invalid/x?user=u'],
  [`postgresql://:${CANARY}@/x`, 'postgresql:///x'],
];

describe('No password of a subscription is in a plan, and what has to be set by hand is said', () => {
  it.each(SECRETS)('%s', (connection, shown) =>
    withDatabase(async ({ url }) => {
      const made = await planOf(url, `${SCHEMA} ${subscription(connection)}`, everything);
      expect(JSON.stringify(made)).not.toContain(CANARY);
      expect(statementsOf(made.document).find((sql) => sql.startsWith('CREATE SUBSCRIPTION'))).toContain(`CONNECTION '${shown}'`);
      const hazards = made.document.plan.steps.flatMap((step) => step.hazards);
      expect(hazards).toContainEqual(expect.objectContaining({ code: 'subscription-secrets', destructive: false }));
      // The live one keeps its password, and is not different for having one.
      await query(url, `${SCHEMA} ${subscription(connection)}`);
      expect((await planOf(url, `${SCHEMA} ${subscription(shown)}`, everything)).isEmpty).toBe(true);
      const changed = await planOf(url, `${SCHEMA} ${subscription('host=/elsewhere')}`, { ...everything, allow: [] });
      expect(JSON.stringify(changed)).not.toContain(CANARY);
      expect(changed.blocked).toMatchObject([{ hazard: { code: 'subscription-secrets', destructive: true } }]);
    }),
  );
});

describe('Where the connection may not be read it is not compared', () => {
  it('by a plain role, whose plan is not for that', () =>
    withDatabase(async (database) => {
      const role = `${database.name}_plain`;
      await query(database.url, `${SCHEMA} ${subscription(`host=/nowhere password=${CANARY}`)} create role ${role} login`);
      try {
        const url = new URL(database.url);
        url.username = role;
        const plan = (sql: string) => planOf(url.href, `${SCHEMA} ${sql}`, everything);
        const same = await plan(subscription('host=/elsewhere'));
        expect(statementsOf(same.document)).toEqual([]);
        expect(JSON.stringify(same)).not.toContain(CANARY);
      } finally {
        await query(database.url, `drop role ${role}`);
      }
    }));
});

describe('From 16 on a role that is no superuser owns and changes subscriptions', () => {
  it('and plans with a connection that it may not read itself', () =>
    withDatabase(
      async (database) => {
        const role = `${database.name}_plain`;
        const given = (options: string) => subscription('host=/nowhere password=x', `connect = false, slot_name = none, ${options}`);
        await query(
          database.url,
          `${SCHEMA} create role ${role} login; grant pg_create_subscription to ${role};
          grant create on database ${database.name} to ${role}; create schema schemactl authorization ${role};`,
        );
        const url = new URL(database.url);
        url.username = role;
        await query(url.href, given('binary = false'));
        try {
          const options = { ...everything, scratchMajor: 18 };
          const { document } = await migrate(url.href, `${SCHEMA} ${given('binary = true, origin = none')}`, options);
          expect(statementsOf(document)).toEqual([`ALTER SUBSCRIPTION s SET (binary = true, origin = 'none')`]);
          expect(document.plan.steps.map(({ proven }) => proven)).toEqual([true]);
        } finally {
          await query(database.url, `drop subscription s; drop owned by ${role} cascade; drop role ${role}`);
        }
      },
      { major: 18 },
    ));
});

describe('Whether it is enabled is left alone where the files leave it to the server, as pg_dump does', () => {
  const live = `${SCHEMA} ${subscription('host=/nowhere', 'connect = false')} alter subscription s enable;`;
  it.each([
    ['connect = false', []],
    ['connect = false, enabled = false', ['ALTER SUBSCRIPTION s DISABLE']],
    ['connect = true', []],
    ['enabled = false', ['ALTER SUBSCRIPTION s DISABLE']],
  ])('WITH (%s)', (options, expected) =>
    withDatabase(async ({ url }) => {
      await query(url, live);
      const { document } = await planOf(url, `${SCHEMA} ${subscription('host=/nowhere', options)}`, everything);
      expect(statementsOf(document)).toEqual(expected);
    }),
  );
});

describe('Planning reaches no publisher, whatever the files and the database hold, and leaves no database behind', () => {
  it('neither to make a subscription, nor to change, rename, disable or drop it', async () => {
    let reached = 0;
    const publisher = createServer((socket) => {
      reached += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => publisher.listen(0, '127.0.0.1', () => resolve()));
    const { port } = publisher.address() as AddressInfo;
    const here = `host=127.0.0.1 port=${port} dbname=x`;
    try {
      await withDatabase(async ({ url }) => {
        const scratch = (await testServer()).url;
        // Other tests plan on the same server at the same time: those of this process alone.
        const left = `select datname from pg_database
          where datname like 'schemactl\\_scratch%' and shobj_description(oid, 'pg_database') like '%"pid":${process.pid},%'`;
        const plan = (sql: string) =>
          planOf(url, `${SCHEMA} ${sql}`, { ...everything, scratch: { kind: 'url', connection: spec(scratch) } });
        const made = await plan(subscription(here, 'copy_data = true'));
        expect(statementsOf(made.document)).toContain('ALTER SUBSCRIPTION s ENABLE');
        expect(made.document.plan.steps.every(({ proven }) => proven === true)).toBe(true);
        await migrate(url, `${SCHEMA} ${subscription(here, 'connect = false, enabled = false')}`, everything);
        const name = `-- schemactl: renamed_from s\n${subscription(here).replace(' s ', ' r ')}`;
        for (const sql of [name, subscription(`${here} user=u`, 'slot_name = other, binary = true'), '']) {
          const { document } = await plan(sql);
          expect(document.plan.steps.length).toBeGreaterThan(0);
          expect(document.plan.steps.every(({ proven }) => proven === true)).toBe(true);
        }
        expect(await query(scratch, left)).toEqual([]);
      });
      expect(reached).toBe(0);
    } finally {
      publisher.close();
    }
  });
});

describe('A subscription is dropped without its publisher, whose slot stays', () => {
  it('which the hazard says', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${SCHEMA} ${subscription('host=/nowhere', 'connect = false')}`);
      const { document } = await migrate(url, SCHEMA, everything);
      expect(statementsOf(document)).toEqual(['ALTER SUBSCRIPTION s SET (slot_name = NONE)', 'DROP SUBSCRIPTION s']);
      const [hazard] = document.plan.steps.flatMap((step) => step.hazards);
      expect(hazard).toMatchObject({ code: 'drop-subscription', destructive: true, message: expect.stringContaining('its slot s stays') });
      await withClient(url, async (client) => {
        expect((await client.query('select from pg_subscription where subname = $1', ['s'])).rows).toEqual([]);
      });
    }));
});
