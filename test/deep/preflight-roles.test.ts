/** How missing privileges are told, who passes, what the ledger takes, and that planning takes none. */
import { describe, expect, it } from 'vitest';
import { rowVersionsQuery } from '../../src/catalog/row-versions.js';
import { query, type TestDatabase, withDatabase } from '../support/database.js';
import { applyTo } from '../support/made-plan.js';
import { as, found, LEDGER, majors, named, OPEN, plainRoles, plan, problems } from '../support/plain-roles.js';

plainRoles();

const TABLE = 'create schema app; create table app.t (a int);';
const MORE = 'create schema app; create table app.t (a int, b int);';

describe('What is missing names the steps that need it, and the privilege', () => {
  it('by id and title, in the detail; and the object by its address', () =>
    withDatabase(async (database) => {
      await query(database.url, named(`${LEDGER}${OPEN} create table app.t (a int); alter table app.t owner to $owner;`));
      const { document } = await plan(
        database,
        'create schema app; create table app.t (a int, b int check (b > 0)); create index on app.t (a);',
      );
      const { diagnostics } = await applyTo(as('$deployer', database.url), document);
      const steps = document.plan.steps.map(({ id, title }) => `step ${id} (${title})`).join(', ');
      expect(document.plan.steps.length).toBeGreaterThan(1);
      expect(diagnostics.find(({ code }) => code === 'SC5221')).toEqual({
        code: 'SC5221',
        severity: 'error',
        summary: named('role $deployer does not own table app.t'),
        detail: named(`It belongs to $owner. Needed by ${steps}.`),
        hint: named('grant $owner to $deployer'),
        address: 'table:app.t',
      });
    }));
});

describe('Who has it passes, however he has it', () => {
  it.each([
    ['an owner through membership', 'grant $owner to $deployer', '$deployer'],
    ['a superuser', 'select', 'postgres'],
  ])('%s', (_, grant, role) =>
    withDatabase(async (database) => {
      await query(database.url, named(`${LEDGER}${TABLE} alter schema app owner to $owner; alter table app.t owner to $owner; ${grant}`));
      const { document } = await plan(database, MORE, role);
      const outcome = await applyTo(as(role, database.url), document);
      expect({ problems: problems(outcome), exit: outcome.exitCode }).toEqual({ problems: [], exit: 0 });
    }),
  );

  it.each(majors)('on PostgreSQL %i a member that does not inherit lacks it, and is told how to', (major) =>
    withDatabase(
      async (database) => {
        const joined =
          major < 16 ? 'grant $owner to $deployer; alter role $deployer noinherit' : 'grant $owner to $deployer with inherit false';
        await query(database.url, named(`${LEDGER}${OPEN} create table app.t (a int); alter table app.t owner to $owner; ${joined}`));
        const { document } = await plan(database, MORE);
        const refused = await applyTo(as('$deployer', database.url), document);
        expect(found(refused)).toEqual(['role $deployer does not own table app.t']);
        await query(database.url, refused.diagnostics.find(({ code }) => code === 'SC5221')?.hint ?? '');
        expect(await applyTo(as('$deployer', database.url), document)).toMatchObject({ status: 'done', exitCode: 0 });
      },
      { major },
    ),
  );

  it('what an earlier step makes belongs to the role, which needs nothing of it', () =>
    withDatabase(async (database) => {
      await query(database.url, named(`grant create on database ${database.name} to $deployer`));
      const { document } = await plan(
        database,
        `create schema app; create table app.t (a int primary key); create table app.u (a int references app.t); create index on app.t (a);
         comment on table app.t is 'x'; create view app.v as select a from app.t; grant select on app.v to public;`,
      );
      expect(document.plan.steps.flatMap(({ requires }) => requires)).toEqual([{ privilege: 'CREATE', on: 'database' }]);
      expect(await applyTo(as('$deployer', database.url), document)).toMatchObject({ status: 'done', exitCode: 0 });
    }));
});

describe('The ledger is asked for with the rest', () => {
  const refusedThenGranted = async (database: TestDatabase, expected: string): Promise<void> => {
    const { document } = await plan(database, MORE);
    const before = await query(database.url, rowVersionsQuery());
    const refused = await applyTo(as('$deployer', database.url), document);
    expect(found(refused)).toEqual([expected]);
    expect(await query(database.url, rowVersionsQuery())).toEqual(before);
    await query(database.url, refused.diagnostics.find(({ code }) => code === 'SC5221')?.hint ?? '');
    expect(await applyTo(as('$deployer', database.url), document)).toMatchObject({ status: 'done', exitCode: 0 });
  };
  const live = `${TABLE} alter schema app owner to $deployer; alter table app.t owner to $deployer;`;

  it('there is none yet: CREATE on the database', () =>
    withDatabase(async (database) => {
      await query(database.url, named(live));
      await refusedThenGranted(database, `role $deployer may not create in database ${database.name}`);
    }));

  it('its schema is there, empty, and belongs to somebody else', () =>
    withDatabase(async (database) => {
      await query(database.url, named(`${live} create schema schemactl;`));
      await refusedThenGranted(database, 'role $deployer may not make the ledger in the empty schema schemactl');
    }));

  it('another role has made it: to plan takes reading it, to apply takes writing', () =>
    withDatabase(async (database) => {
      await query(database.url, named(live));
      const first = await plan(database, `${TABLE} comment on table app.t is 'x';`, 'postgres');
      expect(await applyTo(database.url, first.document)).toMatchObject({ exitCode: 0 });
      await expect(plan(database, MORE)).rejects.toMatchObject({
        diagnostics: [{ code: 'SC5102', hint: expect.stringContaining('grant usage') }],
      });
      await query(
        database.url,
        named('grant usage on schema schemactl to $deployer; grant select on all tables in schema schemactl to $deployer'),
      );
      await refusedThenGranted(database, 'role $deployer may not write to the ledger');
    }));
});

describe('A role without privileges can plan', () => {
  it('where it may use no schema, and see neither passwords nor the options of mappings', () =>
    withDatabase(async (database) => {
      const live = `create schema app; create table app.t (a int); create foreign data wrapper w; create server s foreign data wrapper w;
        create user mapping for $owner server s options (user 'x', password 'secret'); create function app.f() returns int language sql as 'select 1';
        create statistics app.st on a, (a + 1) from app.t; create subscription sub connection 'dbname=secret' publication p with (connect = false);`;
      await query(database.url, named(`${live} alter subscription sub set (slot_name = none);`));
      try {
        const { document } = await plan(database, named(live.replace(/create subscription.*$/s, '').replace(/options \(.*?\)/, '')));
        expect(document.plan.steps).toEqual([]);
        expect(JSON.stringify(document)).not.toContain('secret');
      } finally {
        await query(database.url, 'drop subscription sub');
      }
    }));
});
