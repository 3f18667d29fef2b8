/** Reference data: declared rows are planned as changes of their own, applied, found again, and given back. */
import { describe, expect, it } from 'vitest';
import { readStatus } from '../src/apply/status.js';
import { query, withClient } from './support/database.js';
import { abortOf, applyTo, statementsOf } from './support/made-plan.js';
import { rowsProject } from './support/rows-project.js';

const project = rowsProject();
const { put, plan, settle, table } = project;

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

const live = async () => (await withClient(project.url, readStatus)).live;

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

  it('may have as many columns as a table', async () => {
    const names = Array.from({ length: 150 }, (_, n) => `c${n}`);
    const columns = names.map((name) => `${name}: text`).join(', ');
    const row = names.map((name) => `${name}: v${name}`).join(', ');
    await settle(
      `schema: app\ntables:\n  t:\n    columns: { ${columns} }\n    primary_key: [c7]\n    rows: { key: c7, values: [{ ${row} }] }\n`,
    );
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
      project.url,
      `create schema app; create table app.country (code text primary key, name text);
      insert into app.country select 'c' || n, 'somebody''s' from generate_series(1, 3000) n`,
    );
    const statements = await settle(yaml);
    expect(statements).toEqual([`INSERT INTO app.country (code, name) VALUES ('DE', 'Germany')`]);
    const { document } = await plan(yaml.replace('Germany', 'Deutschland'));
    expect(JSON.stringify(document)).not.toContain("somebody's");
    await query(project.url, `insert into app.country values ('new', 'somebody''s')`);
    expect((await applyTo(project.url, document)).exitCode).toBe(0);
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
    expect(await live()).toEqual({ is: 'as-applied' });
    const { document } = await plan(countries('{ code: DE, name: Deutschland }', '{ code: FR, name: France }'));
    const refusedAfter = async (sql: string, back: string): Promise<readonly string[]> => {
      await query(project.url, sql);
      expect(await live()).toEqual({ is: 'drift' });
      const { exitCode, diagnostics } = await applyTo(project.url, document);
      expect(exitCode).toBe(4);
      await query(project.url, back);
      return diagnostics.flatMap(({ address, summary }) => (address === undefined ? [] : [summary]));
    };
    const update = (code: string, name: string): string => `update app.country set name = '${name}' where code = '${code}'`;
    expect(await refusedAfter(update('DE', 'x'), update('DE', 'Germany'))).toEqual(['row:app.country."DE" was changed']);
    expect(await refusedAfter(update('FR', 'x'), update('FR', 'France'))).toEqual(['row:app.country."FR" was changed']);
    expect(await refusedAfter(`insert into app.country values ('IT')`, `delete from app.country where code = 'IT'`)).toEqual([
      'row:app.country."IT" was added',
    ]);
    expect((await applyTo(project.url, document)).exitCode).toBe(0);
  });

  it('are given back by abort, deleted ones too', async () => {
    await settle(countries('{ code: DE, name: Germany }', '{ code: SU, name: Soviet Union }'));
    await query(project.url, 'create table app.other (a integer); insert into app.other values (1), (1)');
    const before = await table('select * from app.country order by code');
    const other = '  other: { columns: { a: integer }, uniques: [[a]] }\n';
    const next = `${countries('{ code: DE, name: Deutschland }', '{ code: UA, name: Ukraine }')}${other}`;
    const { document } = await plan(next, { allow: [{ hazard: 'delete-row', address: null }] });
    // The key that fails on live rows comes last.
    const steps = document.plan.steps.map(({ statements }) => statements.map(({ sql }) => sql.split(' ')[0]).join(' '));
    const { exitCode } = await applyTo(project.url, document);
    expect([steps, exitCode]).toEqual([expect.arrayContaining(['UPDATE INSERT']), 5]);
    expect(await table('select * from app.country order by code')).not.toEqual(before);
    const aborted = await abortOf(project.url, document);
    expect(aborted).toMatchObject({ status: 'aborted', exitCode: 0 });
    expect(await table('select * from app.country order by code')).toEqual(before);
  });
});
