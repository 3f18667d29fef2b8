/** Rows that a step fails over: how many there are and which, and that the plan goes on once they are repaired. */
import { expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 60_000 });

const TABLES =
  'create schema app; create table app.a (id integer primary key, b integer, c text); create table app.r (id integer primary key);';
const ROWS = `insert into app.r values (1); insert into app.a values (1, 1, 'x'), (2, 1, 'x'), (3, 9, null), (4, -1, 'y')`;

/** What is added, which rows are in the way, and what repairs them. */
const CASES: readonly (readonly [what: string, added: string, summary: string, keys: string, repair: string])[] = [
  ['NOT NULL', TABLES.replace('c text', 'c text not null'), '1 row of app.a have no c', 'id = 3', `update app.a set c = 'z' where id = 3`],
  [
    'a check',
    `${TABLES} alter table app.a add constraint positive check (b > 0)`,
    '1 row of app.a break positive',
    'id = 4',
    'update app.a set b = 2 where id = 4',
  ],
  [
    'a foreign key',
    `${TABLES} alter table app.a add constraint known foreign key (b) references app.r`,
    '2 rows of app.a break known',
    'id = 3\nid = 4',
    'insert into app.r values (9), (-1)',
  ],
  [
    'a unique constraint',
    `${TABLES} alter table app.a add constraint one unique (b, c)`,
    '2 rows of app.a share (b, c) with another',
    'id = 1\nid = 2',
    'update app.a set b = 5 where id = 2',
  ],
  [
    'a unique index over an expression',
    `${TABLES} create unique index one on app.a (upper(c)) where b > 0`,
    '2 rows of app.a share (upper(c)) with another',
    'id = 1\nid = 2',
    'delete from app.a where id = 2',
  ],
];

it.each(CASES)('%s', (_what, after, summary, keys, repair) =>
  withDatabase(async ({ url }) => {
    await query(url, `${TABLES} ${ROWS}`);
    const { document } = await planOf(url, after);
    const stopped = await applyTo(url, document);
    expect(stopped.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'SC5209' },
      { code: 'SC5303', summary, detail: keys },
    ]);
    await query(url, repair);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    expect((await planOf(url, after)).isEmpty).toBe(true);
  }),
);
