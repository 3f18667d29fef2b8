/** What is wrong with the files of declared rows is said at its place, in CSV and in SQL too. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../src/kinds/row/csv.js';
import { validateDesired } from '../src/plan/validate-desired.js';
import { testServer } from './support/database.js';
import { spec } from './support/made-plan.js';

/** "file:line:column CODE summary" of everything that is wrong. */
async function said(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-rows-files-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const scratch = { kind: 'url', connection: spec((await testServer()).url) } as const;
    const { diagnostics } = await validateDesired({ paths: [folder], scratch });
    return diagnostics.map(({ code, span, summary }) => {
      const place = `${span?.file.slice(folder.length + 1)}:${span?.start.line}:${span?.start.column}`;
      return `${place} ${code} ${summary}`;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const YAML = `schema: app
tables:
  country:
    columns: { code: text, area: integer }
    primary_key: [code]
    rows: { key: code, file: data.csv }
`;
const csv = (text: string): Promise<readonly string[]> => said({ 'app.yaml': YAML, 'data.csv': text });

describe('a CSV file of rows', () => {
  it.each([
    ['a quote that is never closed', 'code,area\nDE,1\nFR,"2\n', 'data.csv:3:4 SC1054 a quote is never closed'],
    ['what follows a quote', 'code,area\n"D"E,1\n', 'data.csv:2:1 SC1054 something follows the closing quote of a field'],
    ['a quote inside', 'code,area\nDE,1\nÄÖ"x,2\n', 'data.csv:3:1 SC1054 a quote stands in a field that does not begin with one'],
    ['a field too many', 'code,area\nDE,1\n\nFR,2,3\n', 'data.csv:4:6 SC1054 the line has 3 fields, and the header 2 fields'],
    ['a field too few', 'code,area\nDE\n', 'data.csv:2:1 SC1054 the line has 1 field, and the header 2 fields'],
    ['no header', '', 'data.csv:1:1 SC1054 the file has no header'],
    ['a column twice', 'code,area,code\n', 'data.csv:1:11 SC1054 the header names code twice'],
    ['an unknown column', 'code,size\nDE,1\nFR,2\n', 'data.csv:1:6 SC1203 column "size" of relation "country" does not exist'],
    ['a key that is null', 'code,area\nDE,1\n,2\n', 'data.csv:3:1 SC1053 the key code of a row is null'],
    ['a key that is there twice', 'code,area\nDE,1\nDE,2\n', 'data.csv:3:1 SC1010 row:app.country."DE" is declared twice'],
    [
      'a value of another type',
      'code,area\r\n"Ü\r\n",1\r\n"FR",many\r\n',
      'data.csv:4:6 SC1201 invalid input syntax for type integer: "many"',
    ],
    ['no column of the key', 'kode,area\nDE,1\n', 'app.yaml:6:18 SC1053 the rows have no column code, which is to be their key'],
  ])('is refused with %s', async (_what, text, message) => {
    expect(await csv(text)).toEqual([message]);
  });

  it('may have a thousand rows, and no more', async () => {
    const lines = (count: number): string => `code,area\n${Array.from({ length: count }, (_, n) => `c${n},${n}\n`).join('')}`;
    expect(await csv(lines(1000))).toEqual([]);
    expect(await csv(lines(1001))).toEqual(['data.csv:1002:1 SC1056 there are 1001 rows, and 1000 may be declared of a table']);
    const [large] = await csv(`code,area\n${'x'.repeat(1024 * 1024)},1\n`);
    expect(large).toBe('app.yaml:6:24 SC1056 the rows have 1048577 bytes, and 1048576 may be declared of a table');
  });

  it('knows where its fields stand, whatever their bytes', () => {
    const text = 'a,b\r\n\r\n"ü""€",😀\r\n,""\n';
    const result = readCsv(text);
    const fields = 'records' in result ? result.records.slice(1).flat() : [];
    expect(fields.map(({ from, to }) => text.slice(from, to))).toEqual(['"ü""€"', '😀', '', '""']);
    expect(fields.map((field) => [field.text, field.isQuoted])).toEqual([
      ['ü"€', true],
      ['😀', false],
      ['', false],
      ['', true],
    ]);
  });
});

describe('rows of a table', () => {
  it('are not put in by SQL files', async () => {
    const sql = 'create schema app;\ncreate table app.t (id integer);\ninsert into app.t values (1);\ncopy app.t from stdin;\n';
    expect(await said({ 'app.sql': sql })).toEqual([
      'app.sql:3:1 SC1002 INSERT is not part of a desired schema',
      'app.sql:4:1 SC1002 COPY is not part of a desired schema',
    ]);
  });

  it('are given by values or by a file', async () => {
    const both = YAML.replace('file: data.csv', 'file: data.csv, values: []');
    expect(await said({ 'app.yaml': both, 'data.csv': 'code\n' })).toEqual([
      'app.yaml:6:24 SC1055 rows are given twice, by values and by a file',
    ]);
  });
});
