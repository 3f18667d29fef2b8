/** Reference data: declared rows are planned as changes of their own, applied, found again, and given back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { abortPlan } from '../src/apply/abort.js';
import { readPast } from '../src/apply/past.js';
import { rewriting } from '../src/desired/rewritten.js';
import { exportSchema } from '../src/plan/export.js';
import type { PlanOutcome } from '../src/plan/options.js';
import { pullSchema } from '../src/pull/pull.js';
import { createDatabase, query, type TestDatabase, testServer } from './support/database.js';
import { applyTo, planOf, planRefusal, spec, statementsOf } from './support/made-plan.js';

type Options = NonNullable<Parameters<typeof planOf>[2]>;

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'schemactl-rows-'));
  return () => database.drop();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const plan = (yaml: string, options: Options = {}): Promise<PlanOutcome> => {
  put('app.yaml', yaml);
  return planOf(database.url, '', { desired: [folder], adopt: true, ...options });
};
const refusal = async (yaml: string, options: Options = {}): Promise<readonly string[]> => {
  put('app.yaml', yaml);
  const found = await planRefusal(database.url, '', { desired: [folder], adopt: true, ...options });
  return found.map(
    ({ code, span, summary }) =>
      `${code} ${span?.file.slice(folder.length + 1) ?? ''}:${span?.start.line}:${span?.start.column} ${summary}`,
  );
};
const migrate = async (yaml: string, options: Options = {}): Promise<PlanOutcome> => {
  const planned = await plan(yaml, options);
  const { exitCode, diagnostics } = await applyTo(database.url, planned.document);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(exitCode).toBe(0);
  return planned;
};
/** The second plan is empty, and every step of the first was proven. */
const settle = async (yaml: string, options: Options = {}): Promise<readonly string[]> => {
  const { document } = await migrate(yaml, options);
  expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
  expect(statementsOf((await plan(yaml)).document)).toEqual([]);
  return statementsOf(document);
};
const table = (sql: string): Promise<readonly Record<string, unknown>[]> => query(database.url, sql);

const COUNTRIES = `schema: app
tables:
  country:
    columns: { code: text, name: text }
    primary_key: [code]
    rows:
      key: code
      values:
`;
const countries = (...rows: readonly string[]): string => `${COUNTRIES}${rows.map((row) => `        - ${row}\n`).join('')}`;

describe('rows', () => {
  it('are added, changed and deleted in one plan, and not again', async () => {
    await settle(countries('{ code: DE, name: Germany }', '{ code: FR, name: null }', '{ code: SU, name: Soviet Union }'));
    const next = countries(`{ code: DE, name: "Deutschland; it's" }`, '{ code: FR, name: France }', '{ code: UA, name: Ukraine }');
    const planned = await plan(next);
    expect(planned.blocked.map(({ flag }) => flag)).toEqual([`--allow delete-row:'row:app.country."SU"'`]);
    const statements = await settle(next, { allow: [{ hazard: 'delete-row', address: null }] });
    expect(statements).toEqual([
      `UPDATE ONLY app.country SET name = 'Deutschland; it''s' WHERE code = 'DE'`,
      `UPDATE ONLY app.country SET name = 'France' WHERE code = 'FR'`,
      `INSERT INTO app.country (code, name) VALUES ('UA', 'Ukraine')`,
      `DELETE FROM ONLY app.country WHERE code = 'SU'`,
    ]);
    expect(await table('select * from app.country order by code')).toEqual([
      { code: 'DE', name: "Deutschland; it's" },
      { code: 'FR', name: 'France' },
      { code: 'UA', name: 'Ukraine' },
    ]);
  });

  it('are found again whatever their types, as the server writes their values', async () => {
    const statements = await settle(`schema: app
enums: { mood: [sad, ok] }
composites:
  point3: { fields: { x: integer, label: text } }
tables:
  t:
    columns:
      id: { type: bigint, identity: always }
      price: numeric(10,2)
      born: date
      seen: timestamptz
      wait: interval
      ok: boolean
      raw: bytea
      fixed: character(3)
      ratio: double precision
      mood: mood
      tags: text[]
      doc: jsonb
      text_doc: json
      span: int4range
      place: point3
      who: uuid
      note: { type: text, default: "'left alone'" }
      twice: { type: integer, generated: price * 2 }
    primary_key: [id]
    rows:
      key: id
      values:
        - id: 007
          price: 1
          born: Jan 5 2024
          seen: 2024-01-05 10:00+02
          wait: 90 minutes
          ok: yes
          raw: '\\x0aFF'
          fixed: ab
          ratio: 0.10
          mood: ok
          tags: [plain, "two words", 'a"b', null]
          doc: { b: 1.50, a: [true, null, 12345678901234567890] }
          text_doc: '{"b" : 1}'
          span: '[1,4]'
          place: { x: 1, label: 'a, b' }
          who: A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11
`);
    expect(statements.at(-1)).toBe(
      'INSERT INTO app.t (id, price, born, seen, wait, ok, raw, fixed, ratio, mood, tags, doc, text_doc, span, place, who) OVERRIDING SYSTEM VALUE ' +
        `VALUES ('7', '1.00', '2024-01-05', '2024-01-05 08:00:00+00', '01:30:00', 'true', E'\\\\x0aff', 'ab', '0.1', 'ok', ` +
        `E'{plain,"two words","a\\\\"b",NULL}', '{"a": [true, null, 12345678901234567890], "b": 1.50}', '{"b" : 1}', '[1,5)', '(1,"a, b")', ` +
        `'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')`,
    );
    expect(await table('select twice, note from app.t')).toEqual([{ twice: 2, note: 'left alone' }]);
  });

  it('come from a CSV file beside, where nothing is null and "" an empty text', async () => {
    const yaml = COUNTRIES.replace('      values:\n', '      file: data.csv\n');
    put('data.csv', 'code,name\r\nDE,"Ger""many, East"\r\nFR,\r\n"ÅX",""\r\nXX,"two\nlines"\r\n');
    await settle(yaml);
    expect(await table('select code, name from app.country order by code')).toEqual([
      { code: 'DE', name: 'Ger"many, East' },
      { code: 'FR', name: null },
      { code: 'XX', name: 'two\nlines' },
      { code: 'ÅX', name: '' },
    ]);
  });

  it('belong to tables that SQL declares, too', async () => {
    put('app.sql', 'create schema app;\ncreate table app.state (name text primary key);\n');
    const yaml = (...names: readonly string[]): string =>
      `schema: app\nrows:\n  state: { key: [name], values: [${names.map((name) => `{ name: ${name} }`).join(', ')}] }\n`;
    await settle(yaml('open', 'shipped'));
    expect(await settle(yaml('open', 'shipped', 'lost'))).toEqual([`INSERT INTO app.state (name) VALUES ('lost')`]);
  });

  it('may be some among others, which are left alone and not even read', async () => {
    const yaml = countries('{ code: DE, name: Germany }').replace('key: code', 'key: code\n      others: keep');
    await query(
      database.url,
      `create schema app; create table app.country (code text primary key, name text);
      insert into app.country select 'c' || n, 'somebody''s' from generate_series(1, 3000) n`,
    );
    const statements = await settle(yaml);
    expect(statements).toEqual([`INSERT INTO app.country (code, name) VALUES ('DE', 'Germany')`]);
    const { document } = await plan(yaml.replace('Germany', 'Deutschland'));
    expect(JSON.stringify(document)).not.toContain("somebody's");
    await query(database.url, `insert into app.country values ('new', 'somebody''s')`);
    expect((await applyTo(database.url, document)).exitCode).toBe(0);
    // What the files no longer say is no longer theirs.
    expect(statementsOf((await plan(yaml.replace('{ code: DE', '{ code: FR'))).document)).toEqual([
      `INSERT INTO app.country (code, name) VALUES ('FR', 'Germany')`,
    ]);
  });

  it('come after those that they refer to, and go before them', async () => {
    const yaml = (continents: string, places: string): string => `schema: app
tables:
  a_place:
    columns: { id: integer, name: text, continent: text, inside: integer }
    primary_key: [id]
    foreign_keys:
      - { columns: [continent], references: z_continent }
      - { columns: [inside], references: a_place }
    rows: { key: id, values: [${places}] }
  z_continent:
    columns: { code: text }
    primary_key: [code]
    rows: { key: code, values: [${continents}] }
`;
    const places = (...of: readonly (readonly [number, string, number | null])[]): string =>
      of.map(([id, continent, inside]) => `{ id: ${id}, name: n${id}, continent: ${continent}, inside: ${inside} }`).join(', ');
    const first = await settle(yaml('{ code: EU }, { code: AS }', places([1, 'EU', 2], [2, 'EU', null], [3, 'AS', 1])));
    expect(first.filter((sql) => sql.startsWith('INSERT')).map((sql) => /\((id|code)[^(]*\('(\w+)'/.exec(sql)?.[2])).toEqual([
      'AS',
      'EU',
      '2',
      '1',
      '3',
    ]);
    const allow = [{ hazard: 'delete-row', address: null }];
    const second = await settle(yaml('{ code: EU }', places([2, 'EU', null])), { allow });
    expect(second.map((sql) => /'(\w+)'/.exec(sql)?.[1])).toEqual(['3', '1', 'AS']);
  });

  it('that are gone or changed while the plan waits make it stale', async () => {
    await settle(countries('{ code: DE, name: Germany }', '{ code: FR, name: France }'));
    const { document } = await plan(countries('{ code: DE, name: Deutschland }', '{ code: FR, name: France }'));
    const refusedAfter = async (sql: string, back: string): Promise<readonly string[]> => {
      await query(database.url, sql);
      const { exitCode, diagnostics } = await applyTo(database.url, document);
      expect(exitCode).toBe(4);
      await query(database.url, back);
      return diagnostics.flatMap(({ address, summary }) => (address === undefined ? [] : [summary]));
    };
    const update = (code: string, name: string): string => `update app.country set name = '${name}' where code = '${code}'`;
    expect(await refusedAfter(update('DE', 'x'), update('DE', 'Germany'))).toEqual(['row:app.country."DE" was changed']);
    expect(await refusedAfter(update('FR', 'x'), update('FR', 'France'))).toEqual(['row:app.country."FR" was changed']);
    expect(await refusedAfter(`insert into app.country values ('IT')`, `delete from app.country where code = 'IT'`)).toEqual([
      'row:app.country."IT" was added',
    ]);
    expect((await applyTo(database.url, document)).exitCode).toBe(0);
  });

  it('are given back by abort, deleted ones too', async () => {
    await settle(countries('{ code: DE, name: Germany }', '{ code: SU, name: Soviet Union }'));
    await query(database.url, 'create table app.other (a integer); insert into app.other values (1), (1)');
    const before = await table('select * from app.country order by code');
    const other = '  other: { columns: { a: integer }, uniques: [[a]] }\n';
    const next = `${countries('{ code: DE, name: Deutschland }', '{ code: UA, name: Ukraine }')}${other}`;
    const { document } = await plan(next, { allow: [{ hazard: 'delete-row', address: null }] });
    // The key that fails on live rows comes last.
    const steps = document.plan.steps.map(({ statements }) => statements.map(({ sql }) => sql.split(' ')[0]).join(' '));
    const { exitCode } = await applyTo(database.url, document);
    expect([steps, exitCode]).toEqual([expect.arrayContaining(['UPDATE INSERT']), 5]);
    expect(await table('select * from app.country order by code')).not.toEqual(before);
    const aborted = await abortPlan({
      target: spec(database.url),
      id: document.plan.id,
      digest: null,
      keep: false,
      policy: { trusted: { keys: [], threshold: 1 }, requireSignature: false },
      environment: null,
      lock_retries: 0,
    });
    expect(aborted).toMatchObject({ status: 'aborted', exitCode: 0 });
    expect(await table('select * from app.country order by code')).toEqual(before);
  });
});

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
      database.url,
      `create schema app; create table app.rate (code text primary key, value text);
      create function public.shout() returns trigger language plpgsql as $$begin new.value := upper(new.value); return new; end$$;
      create trigger shout before insert on app.rate for each row execute function public.shout()`,
    );
    const { document } = await plan(yaml, { ignore: ['trigger:app.rate.shout'] });
    const { exitCode, diagnostics } = await applyTo(database.url, document);
    expect(exitCode).not.toBe(0);
    expect(diagnostics.map(({ code, address }) => `${code} ${address ?? ''}`)).toEqual(expect.arrayContaining(['SC6232 row:app.rate.a']));
    expect(await table('select * from app.rate')).toEqual([]);
  });

  it('keep their rows in the files when something else is pulled', async () => {
    const yaml = RATES('code: text', '{ code: a }, { code: b }');
    await settle(yaml);
    await query(database.url, `alter table app.rate add note text; insert into app.rate values ('c')`);
    const scratch = { kind: 'url', connection: spec((await testServer()).url) } as const;
    const { files } = await pullSchema(
      { target: spec(database.url), scratch, desired: [folder], manage: [], ignore: [], only: [] },
      readPast,
    );
    expect(files.map(({ after }) => after)).toEqual([yaml.replace('code: text', 'code: text, note: text')]);
  });

  it('are exported with their rows where that is asked for, and the files say what the database has', async () => {
    await query(
      database.url,
      `create schema app; create table app.rate (code text, day date, value numeric(10,2), double numeric
      generated always as (value * 2) stored, note text, tags text[], primary key (code, day));
      insert into app.rate values ('a', '2024-02-01', 1.5, default, 'it''s: #1', '{x,"y z"}'), ('a', '2024-01-01', null, default, '', null),
        ('007', '2024-01-01', 7, default, 'null', '{}'), ('true', '2024-01-01', -0.1, default, E'two\n lines ', '{1,2}');
      create table app.other (id integer)`,
    );
    const options = { target: spec(database.url), format: 'yaml', layout: 'schema', manage: [], ignore: [] } as const;
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
      database.url,
      `create schema app; create table app.rate (code text primary key);
      insert into app.rate select n::text from generate_series(1, 1001) n`,
    );
    const yaml = RATES('code: text', '{ code: a }');
    expect(await refusal(yaml)).toEqual(['SC4011 :undefined:undefined app.rate holds more than 1000 rows']);
    await query(database.url, `delete from app.rate; insert into app.rate select repeat(n::text, 2000) from generate_series(1001, 1200) n`);
    expect(await refusal(yaml)).toEqual(['SC4011 :undefined:undefined app.rate holds more than 1 MiB of declared columns']);
    await query(
      database.url,
      'alter table app.rate drop constraint rate_pkey, alter code drop not null; truncate app.rate; insert into app.rate values (null)',
    );
    expect(await refusal(yaml)).toEqual([
      'SC4012 :undefined:undefined app.rate has a row whose key is null, which nothing can tell from others',
    ]);
  });
});
