/** A table becomes partitioned by a plain role: what it needs, and that rows which are hidden from it are not left behind. */
import { describe, expect, it } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo } from '../support/made-plan.js';
import { as, LEDGER, majors, named, OWNED, plainRoles, plan, problems } from '../support/plain-roles.js';

plainRoles();

const plain = 'create table app.t (id integer primary key, n integer);';
const split = `create schema app; create table app.t (id integer primary key, n integer) partition by range (id);
  create table app.t_low partition of app.t for values from (minvalue) to (50);
  create table app.t_high partition of app.t for values from (50) to (maxvalue);`;
const rows = 'insert into app.t select n, n from generate_series(1, 100) n;';
const setUp = `${LEDGER} ${OWNED} grant create on schema app to $owner; set role $deployer; ${plain} ${rows} grant all on app.t to $owner; reset role;`;

describe.each(majors)('on PostgreSQL %i', (major) => {
  it.each([
    ['beside the table', 0],
    ['under a lock', undefined],
  ])('its owner can do it %s, and who may only write the table goes on', (_name, rewrite_bytes) =>
    withDatabase(
      async (database) => {
        await query(database.url, named(`${setUp} grant usage on schema app to $owner`));
        const more = rewrite_bytes === undefined ? {} : { rewrite_bytes };
        const { document } = await plan(database, split, '$deployer', more);
        expect(problems(await applyTo(as('$deployer', database.url), document, { phase: 'expand' }))).toEqual([]);
        await query(
          database.url,
          named(
            'set role $owner; update app.t set n = 7 where id = 7; insert into app.t values (101, 101); delete from app.t where id = 8',
          ),
        );
        expect(problems(await applyTo(as('$deployer', database.url), document))).toEqual([]);
        expect(await query(database.url, 'select count(*)::int as n, sum(n)::int as sum from app.t')).toEqual([
          { n: 100, sum: 5050 + 101 - 8 },
        ]);
      },
      { major },
    ),
  );

  it.each([
    ['beside the table', 0],
    ['under a lock', undefined],
  ])('rows that are hidden from whoever copies them stop it %s', (_name, rewrite_bytes) =>
    withDatabase(
      async (database) => {
        const hide =
          'alter table app.t enable row level security; alter table app.t force row level security; create policy few on app.t using (id < 10);';
        await query(database.url, named(`${setUp} ${hide}`));
        const more = rewrite_bytes === undefined ? {} : { rewrite_bytes };
        const { document } = await plan(database, split + hide, '$deployer', more);
        expect(problems(await applyTo(as('$deployer', database.url), document)).join()).toMatch(
          /query would be affected by row-level security policy for table "t"/,
        );
        expect(await query(database.url, 'select count(*)::int as n from app.t')).toEqual([{ n: 100 }]);
      },
      { major },
    ),
  );
});
