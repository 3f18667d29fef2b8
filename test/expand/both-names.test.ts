/** Renames by which old and new programs both find what they name until the contract phase. */
import { describe, expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 120_000 });

const both = { allow: [{ hazard: '*', address: null }], adopt: true, bothNames: true } as const;

describe('A column', () => {
  const before = `create schema app;
    create table app.orders (id integer primary key, client_id integer default 5, tag json, total integer);
    create index by_client on app.orders (client_id, total);
    create view app.clients as select client_id from app.orders;`;
  const after = `create schema app;
    create table app.orders (
      id integer primary key,
      customer_id integer default 5, -- schemactl: renamed_from client_id
      label json, -- schemactl: renamed_from tag
      total integer);
    create index by_client on app.orders (customer_id, total);
    create view app.clients as select customer_id as client_id from app.orders;`;
  const names = (id: number): string => `select client_id, customer_id, tag::text, label::text from app.orders where id = ${id}`;

  it('is read and written by either name, exactly for nulls and defaults', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${before} insert into app.orders select n, nullif(n % 3, 0), '{"a": 1}', n from generate_series(1, 3000) n`);
      const { document } = await planOf(url, after, both);
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
      const expanded = await applyTo(url, document, { phase: 'expand' });
      expect(expanded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const between = await planOf(url, `${after} -- said again`, both);
      expect([between.isEmpty, between.diagnostics.map(({ code }) => code)]).toEqual([true, ['SC2403']]);
      const different =
        'select count(*)::int as n from app.orders where client_id is distinct from customer_id or tag::text is distinct from label::text';
      expect(await query(url, different)).toEqual([{ n: 0 }]);

      const writes: readonly (readonly [string, readonly (number | string | null)[]])[] = [
        ["insert into app.orders (id, client_id, tag) values (9001, 7, '1')", [7, '1']],
        ["insert into app.orders (id, customer_id, label) values (9002, 8, '2')", [8, '2']],
        ['insert into app.orders (id) values (9003)', [5, null]],
        ['insert into app.orders (id, client_id) values (9004, null)', [null, null]],
        ['insert into app.orders (id, customer_id) values (9005, null)', [null, null]],
        ['insert into app.orders (id, customer_id) values (9006, 5)', [5, null]],
        ['update app.orders set client_id = 70 where id = 9001', [70, '1']],
        ['update app.orders set customer_id = 80 where id = 9002', [80, '2']],
        ['update app.orders set customer_id = null, label = null where id = 9002', [null, null]],
        ['update app.orders set client_id = null where id = 9001', [null, '1']],
        ['update app.orders set client_id = 1, customer_id = 1 where id = 9003', [1, null]],
      ];
      for (const [sql, [id, tag]] of writes) {
        await query(url, `set search_path = app; ${sql}`);
        const row = Number(/\b9\d{3}\b/.exec(sql)?.[0]);
        expect([sql, ...(await query(url, names(row)))]).toEqual([sql, { client_id: id, customer_id: id, tag, label: tag }]);
      }
      await expect(query(url, 'update app.orders set client_id = 2, customer_id = 3 where id = 9003')).rejects.toThrow(
        'two names of one column',
      );
      expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
      expect(await query(url, 'select customer_id, label::text from app.orders where id = 9001')).toEqual([
        { customer_id: null, label: '1' },
      ]);
      await expectSchema(url, after);
      expect(statementsOf((await planOf(url, after, both)).document)).toEqual([]);
    }));
});

describe('A column of a partitioned table', () => {
  const tables = (column: string, partitionDefault = ''): string => `create schema app;
    create table app.log (id bigint primary key, ${column}, note text) partition by hash (id);
    create table app.log_0 partition of app.log for values with (modulus 2, remainder 0);
    create table app.log_1 partition of app.log for values with (modulus 2, remainder 1);
    ${partitionDefault}
    create index log_about on app.log (${column.split(' ')[0]});
    create unique index on app.log_1 (${column.split(' ')[0]}, id);`;
  const before = tables('source integer not null default 5');
  const renamed = (text: string): string => text.replace(', note text', ', -- schemactl: renamed_from source\n note text');
  const after = renamed(tables('origin integer not null default 5'));

  it('is read and written by either name, with its indexes in every partition', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${before} insert into app.log select n, 1 + n % 7 from generate_series(1, 2000) n`);
      const { document } = await planOf(url, after, both);
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
      expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
      await query(
        url,
        `insert into app.log (id, source) values (9001, 7), (9002, 8); insert into app.log (id, origin) values (9003, 9), (9004, 10);
         insert into app.log_1 (id, origin) select n, 11 from generate_series(9005, 9020) n where satisfies_hash_partition('app.log'::regclass, 2, 1, n::bigint);
         update app.log set source = 70 where id = 9001; update app.log set origin = 90 where id in (9003, 5)`,
      );
      const apart = await query(url, 'select id from app.log where source is distinct from origin');
      expect(apart).toEqual([]);
      expect(await query(url, 'select id::int, origin from app.log where id in (5, 9001, 9002, 9003, 9004) order by 1')).toEqual(
        [
          [5, 90],
          [9001, 70],
          [9002, 8],
          [9003, 90],
          [9004, 10],
        ].map(([id, origin]) => ({ id, origin })),
      );
      const indexes = `select count(*)::int as n from pg_index i, unnest(i.indkey) k, pg_attribute a
        where i.indrelid in ('app.log_0'::regclass, 'app.log_1'::regclass) and a.attrelid = i.indrelid and a.attnum = k and a.attname = $$`;
      for (const name of ['source', 'origin']) expect(await query(url, indexes.replace('$$', `'${name}'`))).toEqual([{ n: 3 }]);
      expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
      // What PostgreSQL called the partitions' indexes stays: test/cases/column has the same change under pg_dump.
      expect(statementsOf((await planOf(url, after, both)).document)).toEqual([]);
    }));

  it.each([
    ['a partition has another default', before, after, 'alter table only app.log_0 alter column NAME set default 6;'],
    ['rows find their partition by it', before, after, ''],
    ['there is no key to go through the rows by', before, after, ''],
  ])('is renamed at once where %s', (what, from, to, more) =>
    withDatabase(async ({ url }) => {
      const changed = (text: string): string => {
        if (what.startsWith('rows'))
          return text
            .replace('id bigint primary key', 'id bigint')
            .replace('hash (id)', `hash (id, ${text.includes('origin') ? 'origin' : 'source'})`);
        return what.startsWith('there') ? text.replace(' primary key', '').replace(/create unique index.*/, '') : text;
      };
      await query(url, changed(from) + more.replace('NAME', 'source'));
      const { document } = await planOf(url, changed(to) + more.replace('NAME', 'origin'), both);
      expect(statementsOf(document)).toEqual(['ALTER TABLE app.log RENAME COLUMN source TO origin']);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      expect(statementsOf((await planOf(url, changed(to) + more.replace('NAME', 'origin'), both)).document)).toEqual([]);
    }),
  );
});

describe('A table', () => {
  it('is read and written by either name, by those who could before', () =>
    withDatabase(async (database) => {
      const { url } = database;
      const role = `${database.name}_user`;
      const table = (name: string, hint = ''): string => `create schema app; ${hint}
        create table app.${name} (id integer constraint purchases_pkey primary key, total integer default 3);
        grant select, insert, update on app.${name} to ${role};`;
      await query(
        url,
        `create role ${role}; ${table('purchases')} grant usage on schema app to ${role}; insert into app.purchases values (1, 1)`,
      );
      try {
        const after = `${table('orders', '\n-- schemactl: renamed_from purchases\n')} grant usage on schema app to ${role};`;
        const { document } = await planOf(url, after, both);
        expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
        await query(
          url,
          `set role ${role}; insert into app.purchases (id) values (2); insert into app.orders values (3, 4); update app.purchases set total = 9 where id = 3`,
        );
        const rows = [
          { id: 1, total: 1 },
          { id: 2, total: 3 },
          { id: 3, total: 9 },
        ];
        for (const name of ['purchases', 'orders'])
          expect(await query(url, `set role ${role}; select * from app.${name} order by id`)).toEqual(rows);
        expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
        await expectSchema(url, after);
      } finally {
        await query(url, `drop owned by ${role}; drop role ${role}`);
      }
    }));
});
