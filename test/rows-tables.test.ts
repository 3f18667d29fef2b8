/** Tables of declared rows: renamed, altered, with partitions and triggers, too large, pulled and exported. */
import { describe, expect, it } from 'vitest';
import { readPast } from '../src/apply/past.js';
import { rewriting } from '../src/desired/rewritten.js';
import { exportSchema } from '../src/plan/export.js';
import { pullSchema } from '../src/pull/pull.js';
import { query, testServer } from './support/database.js';
import { applyTo, spec, statementsOf } from './support/made-plan.js';
import { rowsProject } from './support/rows-project.js';

const project = rowsProject();
const { plan, refusal, migrate, settle, table } = project;

describe('tables of declared rows', () => {
  const RATES = (columns: string, values: string, more = ''): string => `schema: app
tables:
  rate:
    columns: { ${columns} }
    primary_key: [code]
${more}    rows: { key: code, values: [${values}] }
`;

  it('are renamed with a column and the key, and the rows are the same rows', async () => {
    await settle(RATES('code: text, value: "numeric(10,2)"', '{ code: a, value: 1 }, { code: b, value: 2 }'));
    const renamed = `schema: app
tables:
  price:
    renamed_from: rate
    columns: { id: { type: text, renamed_from: code }, amount: { type: "numeric(10,2)", renamed_from: value } }
    primary_key: [id]
    rows: { key: id, values: [{ id: a, amount: 1 }, { id: b, amount: 3 }] }
`;
    const { document } = await migrate(renamed);
    expect(statementsOf(document).filter((sql) => /^(INSERT|UPDATE|DELETE)/.test(sql))).toEqual([
      `UPDATE ONLY app.price SET amount = '3.00' WHERE id = 'b'`,
    ]);
    expect(statementsOf((await plan(renamed.replace(/renamed_from: \w+,? ?/g, '').replace(/, }/g, ' }'))).document)).toEqual([]);
  });

  it('change their columns with the values in them', async () => {
    await settle(RATES('code: text, value: "numeric(10,2)"', '{ code: a, value: 1 }, { code: b, value: 2 }'));
    const statements = await settle(
      RATES(
        'code: text, value: "numeric(12,4)", symbol: text',
        '{ code: a, value: 1.23456, symbol: x }, { code: b, value: 2, symbol: y }',
        '    checks: { one: length(symbol) = 1 }\n',
      ),
    );
    expect(statements.filter((sql) => sql.startsWith('UPDATE'))).toEqual([
      `UPDATE ONLY app.rate SET value = '1.2346', symbol = 'x' WHERE code = 'a'`,
      expect.stringMatching(/UPDATE ONLY app.rate SET .*symbol = 'y' WHERE code = 'b'/),
    ]);
  });

  it('get a check and a unique key that only the changed rows fulfil', async () => {
    await settle(RATES('code: text, value: integer', '{ code: a, value: 1 }, { code: b, value: 1 }, { code: c, value: -1 }'));
    await settle(
      RATES(
        'code: text, value: integer',
        '{ code: a, value: 1 }, { code: b, value: 2 }, { code: c, value: 3 }',
        '    uniques: [[value]]\n    checks: { positive: value > 0 }\n',
      ),
    );
    // Each takes the value that another one gives up.
    const third = await settle(
      RATES(
        'code: text, value: integer',
        '{ code: a, value: 2 }, { code: b, value: 4 }, { code: d, value: 3 }',
        '    uniques: [[value]]\n    checks: { positive: value > 0 }\n',
      ),
      { allow: [{ hazard: 'delete-row', address: null }] },
    );
    expect(third).toHaveLength(4);
  });

  it('become partitioned, and rows that change at the same time change too', async () => {
    const plain = '{ code: a, value: 1 }, { code: b, value: 2 }, { code: c, value: 3 }';
    const changed = '{ code: a, value: 1 }, { code: b, value: 5 }, { code: d, value: 4 }';
    const split = (values: string): string =>
      `${RATES('code: text, value: integer', values, '    partition_by: list (code)\n')}  rate_a: { partition_of: { table: rate, for_values: in ('a') } }
  rate_b: { partition_of: { table: rate, default: true } }
`;
    for (const options of [{ rewrite_bytes: 0 }, {}]) {
      await settle(RATES('code: text, value: integer', plain), { allow: [{ hazard: '*', address: null }] });
      await settle(split(changed), { ...options, allow: [{ hazard: '*', address: null }] });
      expect(await table('select code, value from app.rate order by code')).toEqual([
        { code: 'a', value: 1 },
        { code: 'b', value: 5 },
        { code: 'd', value: 4 },
      ]);
    }
  });

  it('may have partitions and triggers', async () => {
    const yaml = (value: number): string => `schema: app
functions:
  stamp: { returns: trigger, language: plpgsql, body: "begin new.changed := 'by trigger'; return new; end" }
tables:
  rate:
    columns: { code: text, value: integer, changed: text }
    partition_by: list (code)
    primary_key: [code]
    triggers: { stamp: { timing: before, events: [insert, update], for_each: row, execute: stamp() } }
    rows: { key: code, values: [{ code: a, value: ${value} }, { code: b, value: 2 }] }
  rate_a: { partition_of: { table: rate, for_values: in ('a') } }
  rate_b: { partition_of: { table: rate, default: true } }
`;
    await settle(yaml(1));
    expect(await table('select * from app.rate order by code')).toEqual([
      { code: 'a', value: 1, changed: 'by trigger' },
      { code: 'b', value: 2, changed: 'by trigger' },
    ]);
    expect(await settle(yaml(3))).toEqual([`UPDATE app.rate SET value = '3' WHERE code = 'a'`]);
  });

  it('say so where a trigger makes something else of a row', async () => {
    const yaml = RATES('code: text, value: text', '{ code: a, value: loud }');
    await query(
      project.url,
      `create schema app; create table app.rate (code text primary key, value text);
      create function public.shout() returns trigger language plpgsql as $$begin new.value := upper(new.value); return new; end$$;
      create trigger shout before insert on app.rate for each row execute function public.shout()`,
    );
    const { document } = await plan(yaml, { ignore: ['trigger:app.rate.shout'] });
    const { exitCode, diagnostics } = await applyTo(project.url, document);
    expect(exitCode).not.toBe(0);
    expect(diagnostics.map(({ code, address }) => `${code} ${address ?? ''}`)).toEqual(expect.arrayContaining(['SC6232 row:app.rate.a']));
    expect(await table('select * from app.rate')).toEqual([]);
  });

  it('keep their rows in the files when something else is pulled', async () => {
    const yaml = RATES('code: text', '{ code: a }, { code: b }');
    await settle(yaml);
    await query(project.url, `alter table app.rate add note text; insert into app.rate values ('c')`);
    const scratch = { kind: 'url', connection: spec((await testServer()).url) } as const;
    const { files } = await pullSchema(
      { target: spec(project.url), scratch, desired: [project.folder], manage: [], ignore: [], only: [] },
      readPast,
    );
    expect(files.map(({ after }) => after)).toEqual([yaml.replace('code: text', 'code: text, note: text')]);
  });

  it('are exported with their rows where that is asked for, and the files say what the database has', async () => {
    await query(
      project.url,
      `create schema app; create table app.rate (code text, day date, value numeric(10,2), double numeric
      generated always as (value * 2) stored, note text, tags text[], primary key (code, day));
      insert into app.rate values ('a', '2024-02-01', 1.5, default, 'it''s: #1', '{x,"y z"}'), ('a', '2024-01-01', null, default, '', null),
        ('007', '2024-01-01', 7, default, 'null', '{}'), ('true', '2024-01-01', -0.1, default, E'two\n lines ', '{1,2}');
      create table app.other (id integer)`,
    );
    const options = { target: spec(project.url), format: 'yaml', layout: 'schema', manage: [], ignore: [] } as const;
    const scratch = { kind: 'url', connection: spec((await testServer()).url) } as const;
    const exported = await exportSchema({ ...options, scratch, rows: ['app.rate'] });
    expect(exported.files.map(({ path }) => path)).toEqual(['app.yaml']);
    const [{ text } = { text: '' }] = exported.files;
    expect(text).toContain('    rows:\n      key: [ code, day ]\n      values:\n');
    expect((await plan(text)).document.plan.rows?.map(({ only }) => only)).toEqual([null]);
    expect(statementsOf((await plan(text)).document)).toEqual([]);
    expect((await exportSchema({ ...options, scratch })).files[0]?.text).not.toContain('rows:');
    const refused = exportSchema({ ...options, scratch, rows: ['app.other', 'app.nothing'] }).catch((error: Error) => error.message);
    expect(await refused).toBe(
      'SC4013 no table matches app.nothing\nSC4013 table:app.other has no primary key, which would tell its rows apart',
    );
  });

  it('are not written over by an export without their rows', () => {
    const there = RATES('code: text', '{ code: a }');
    const next = 'schema: app\ntables:\n  rate:\n    columns: { code: integer }\n    primary_key: [code]\n';
    expect(rewriting('app.yaml', there, next)).toBe('loses rows');
    expect(rewriting('app.yaml', there, `${next}    rows: { key: code, values: [{ code: 1 }] }\n`)).toBe('write');
    expect(rewriting('app.yaml', 'schema: app\nrows: { rate: { key: code, values: [] } }\n', next)).toBe('loses rows');
  });

  it('say what a deletion takes along', async () => {
    const child = '  item: { columns: { code: text }, foreign_keys: [{ columns: [code], references: rate, on_delete: cascade }] }\n';
    await settle(`${RATES('code: text', '{ code: a }, { code: b }')}${child}`);
    const planned = await plan(`${RATES('code: text', '{ code: a }')}${child}`);
    expect(planned.blocked.map(({ hazard }) => hazard.message)).toEqual([
      'deletes the row b of app.rate, and acts on rows that refer to it in app.item (on delete cascade)',
    ]);
  });

  it('that hold more than may be read are left alone', async () => {
    await query(
      project.url,
      `create schema app; create table app.rate (code text primary key);
      insert into app.rate select n::text from generate_series(1, 1001) n`,
    );
    const yaml = RATES('code: text', '{ code: a }');
    expect(await refusal(yaml)).toEqual(['SC4011 app.rate holds more than 1000 rows']);
    await query(project.url, `delete from app.rate; insert into app.rate select repeat(n::text, 2000) from generate_series(1001, 1200) n`);
    expect(await refusal(yaml)).toEqual(['SC4011 app.rate holds more than 1 MiB of declared columns']);
    await query(
      project.url,
      'alter table app.rate drop constraint rate_pkey, alter code drop not null; truncate app.rate; insert into app.rate values (null)',
    );
    expect(await refusal(yaml)).toEqual(['SC4012 app.rate has a row whose key is null, which nothing can tell from others']);
  });
});
