/** Broken YAML is found at its place, in words; hints and places of sound YAML come out where they stand. */
import { describe, expect, it } from 'vitest';
import { kinds } from '../../kinds/registry.js';
import { yamlReader } from './read.js';

const read = yamlReader(kinds);

/** "line:column code summary" of every finding. */
async function findings(text: string): Promise<readonly string[]> {
  const { diagnostics } = await read({ path: 'app.yaml', text });
  return diagnostics.map(({ code, span, summary }) => `${span?.start.line}:${span?.start.column} ${code} ${summary}`);
}

const columns = (text: string): string => `schema: app\ntables:\n  t:\n    columns:\n${text.replace(/^/gm, '      ')}\n`;
const table = (text: string): string => `schema: app\ntables:\n  t:\n    columns: { a: integer }\n${text.replace(/^/gm, '    ')}\n`;

const BROKEN: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
  ['a flow map that is not closed', 'schema: app\ntables: { t: { columns: { a: text }\n', ['2:14 SC1040 { is never closed']],
  ['a duplicate key', columns('a: integer\na: text'), ['6:7 SC1040 the key a is given twice']],
  ['an unknown key of the document', 'schema: app\ntabels: {}\n', ['2:1 SC1046 unknown key: tabels']],
  ['an unknown key of a column', columns('a: { typ: integer }'), ['5:12 SC1046 unknown key: typ']],
  [
    'a wrong word',
    table('triggers:\n  x: { timing: befor, events: insert, execute: f() }'),
    ['6:20 SC1048 tables.t.triggers.x.timing is "befor"'],
  ],
  ['yes, which is a text', columns('a: { type: integer, not_null: yes }'), ['5:37 SC1048 tables.t.columns.a.not_null is "yes"']],
  ['a list where a type belongs', columns('a: [integer]'), ['5:10 SC1048 tables.t.columns.a is a list']],
  ['a missing key', table('foreign_keys:\n  - { columns: [a] }'), ['6:9 SC1047 tables.t.foreign_keys.0 needs the key references']],
  ['a key in a named definition', table('indexes:\n  i: { columns: [a], methode: hash }'), ['6:26 SC1046 unknown key: methode']],
  ['an unknown privilege', table('grants: { reader: [selec] }'), ['5:24 SC1048 tables.t.grants.reader.0 is "selec"']],
  ['a view without a query', 'views:\n  v: { with: { security_barrier: true } }\n', ['2:3 SC1043 v has no query']],
  ['a query twice', 'views:\n  v: { query: select 1, query_file: v.sql }\n', ['2:25 SC1043 query and query_file are both given']],
  [
    'two statements in a query',
    'views:\n  v: select 1; drop table t\n',
    ['2:14 SC1041 a semicolon does not belong into the SQL text of v'],
  ],
  ['a function without a body', 'functions:\n  f: { returns: integer }\n', ['2:3 SC1043 f has no body']],
  ['a body in a file that is not there', 'functions:\n  f: { body_file: none.sql }\n', ['2:19 SC1015 no such file or folder: none.sql']],
  ['a body by an absolute path', 'functions:\n  f: { body_file: /etc/passwd }\n', ['2:19 SC1049 the path is absolute: /etc/passwd']],
  [
    'an open parenthesis',
    columns('a: { type: integer, default: "now((" }'),
    ['5:40 SC1041 a "(" that is never closed does not belong into the SQL text of default'],
  ],
  [
    'an open quote',
    columns(`a: { type: text, default: "'x" }`),
    ['5:34 SC1041 a quote that is never closed does not belong into the SQL text of default'],
  ],
  ['a clause in a type', columns('a: { type: integer not null }'), ['5:26 SC1041 "not" does not belong into the SQL text of type']],
  ['two types', columns('a: integer, b text'), ['5:17 SC1041 "," does not belong into the SQL text of a']],
  ['a column without a type', columns('a: { not_null: true }'), ['5:7 SC1043 column a has no type']],
  [
    'a comment on what has no name',
    table('uniques:\n  - { columns: [a], comment: one }'),
    ['6:25 SC1042 comment needs a name to speak of'],
  ],
  [
    'a partition without a bound',
    'tables:\n  p:\n    partition_of: { table: t }\n',
    ['3:5 SC1043 partition_of needs either for_values or default: true'],
  ],
  [
    'a name too long',
    `tables:\n  ${'n'.repeat(64)}: { columns: { a: text } }\n`,
    [`2:3 SC1009 name is longer than 63 bytes: ${'n'.repeat(64)}`],
  ],
  [
    'a dotted name',
    'tables:\n  app.t: { columns: { a: text } }\n',
    ['2:3 SC1045 the name app.t contains a dot, which belongs to the name itself'],
  ],
  ['SQL errors in plain text', table('checks:\n  x: a > b c'), ['6:16 SC1013 syntax error at or near "c"']],
  ['in single quotes', table("checks:\n  x: 'a = ''x'' y'"), ['6:21 SC1013 syntax error at or near "y"']],
  ['in double quotes', table('checks:\n  x: "a = \\"b\\" c d"'), ['6:21 SC1013 syntax error at or near "c"']],
  ['in a block of text', table('checks:\n  x: |\n    a > 0\n      and b b c'), ['8:17 SC1013 syntax error at or near "b"']],
  ['in a folded block', table('checks:\n  x: >-\n    a > 0\n    and b b c'), ['8:15 SC1013 syntax error at or near "b"']],
  [
    'in the second document',
    'schema: a\n---\nschema: b\ntables: { t: { columns: { a: { type: integer, default: 1 2 } } } }\n',
    ['4:58 SC1013 syntax error at or near "2"'],
  ],
];

describe('broken YAML', () => {
  for (const [title, text, expected] of BROKEN) {
    it(title, async () => expect(await findings(text)).toEqual(expected));
  }

  it('suggests what was meant', async () => {
    const { diagnostics } = await read({ path: 'app.yaml', text: 'tabels: {}\n' });
    expect(diagnostics[0]?.hint).toBe('did you mean tables?');
  });
});

describe('sound YAML', () => {
  it('gives hints to what they stand at', async () => {
    const text = columns('a: { type: integer, renamed_from: Old, using: b::integer, backfill: 0, deprecated: true }');
    const { hints, diagnostics } = await read({ path: 'app.yaml', text });
    expect(diagnostics).toEqual([]);
    expect(hints.map(({ address, name, value, span }) => [address, name, value, `${span.start.line}:${span.start.column}`])).toEqual([
      ['column:app.t.a', 'renamed_from', '"Old"', '5:27'],
      ['column:app.t.a', 'using', 'b::integer', '5:46'],
      ['column:app.t.a', 'backfill', '0', '5:65'],
      ['column:app.t.a', 'deprecated', '', '5:78'],
    ]);
  });

  it('places what is declared at its key', async () => {
    const { declarations } = await read({ path: 'app.yaml', text: table('checks:\n  positive: a > 0\nindexes: { by_a: [a] }') });
    const places = declarations
      .flatMap(({ declares }) => declares)
      .map(({ address, named, span }) => `${address} ${named} ${span.start.line}:${span.start.column}`);
    expect(places).toEqual([
      'schema:app true 1:1',
      'table:app.t true 3:3',
      'column:app.t.a true 4:16',
      'constraint:app.t.positive true 6:7',
      'index:app.t.by_a true 7:16',
    ]);
  });

  it('makes the schema of a document once, and only where nothing else does', async () => {
    const { declarations, implied } = await read({ path: 'app.yaml', text: 'schema: app\n---\nschema: public\n' });
    expect(declarations.map(({ sql }) => sql)).toEqual(['CREATE SCHEMA app']);
    expect(implied?.size).toBe(1);
  });
});
