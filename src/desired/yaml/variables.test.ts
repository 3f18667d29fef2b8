/** Variables in YAML: names, texts, numbers and SQL each get what their place asks for; faults stand at their places. */
import { describe, expect, it } from 'vitest';
import { fixedVariables, type VariableValues } from '../../core/variables.js';
import { kinds } from '../../kinds/registry.js';
import type { VariableScope } from '../variables.js';
import { yamlReader } from './read.js';

const read = yamlReader(kinds);

const VALUES: VariableValues = {
  app: { identifier: 'Shop "eu"' },
  owner: { identifier: 'app_owner' },
  region: "it's",
  action: 'cascade',
  start: 1000,
  strict: true,
};

const scope = (): VariableScope => ({ variables: fixedVariables(VALUES), used: new Set() });

const sqlOf = async (text: string): Promise<readonly string[]> => {
  const { declarations, diagnostics } = await read({ path: 'a.yaml', text }, undefined, scope());
  expect(diagnostics).toEqual([]);
  return declarations.map(({ sql }) => sql);
};

const findings = async (text: string, of = scope()): Promise<readonly string[]> =>
  (await read({ path: 'a.yaml', text }, undefined, of)).diagnostics.map(
    ({ code, span, summary }) => `${span?.start.line}:${span?.start.column} ${code} ${summary}`,
  );

const table = (columns: string): string => `schema: \${app}\ntables:\n  t_\${start}:\n    columns:\n${columns.replace(/^/gm, '      ')}\n`;

describe('variables in YAML', () => {
  it('in names, texts, SQL, numbers, flags and words', async () => {
    const text = table(
      [
        "a: { type: text, default: '${region}', not_null: '${strict}' }",
        'b:\n  type: text\n  default: upper(${region}) || ${start}\n  comment: of ${region}, not $${region}',
        'c: integer',
      ].join('\n'),
    );
    const sql = (await sqlOf(`${text}    owner: \${owner}\nsequences:\n  s:\n    start: \${start}\n`)).join(';\n');
    expect(sql).toContain('CREATE TABLE "Shop ""eu""".t_1000 (');
    expect(sql).toContain("a text DEFAULT ('it''s') NOT NULL");
    expect(sql).toContain("b text DEFAULT (upper('it''s') || 1000)");
    expect(sql).toContain("IS 'of it''s, not ${region}'");
    expect(sql).toContain('OWNER TO app_owner');
    expect(sql).toContain('START WITH 1000');
    const foreign = table('a: integer').concat(
      '    foreign_keys:\n      - columns: [a]\n        references: ${app}.u (a)\n        on_delete: ${action}\n',
    );
    expect((await sqlOf(foreign)).join('\n')).toMatch(/REFERENCES "Shop ""eu"""\.u \(a\)[\s\S]* ON DELETE CASCADE/);
  });

  it('bodies in languages of their own are left alone', async () => {
    const text = 'schema: app\nfunctions:\n  f:\n    returns: text\n    language: plv8\n    body: return `${region} ${nothing}`\n';
    expect((await sqlOf(text)).join('\n')).toContain('$$return `${region} ${nothing}`$$');
  });

  it.each([
    [
      'unknown, in a name',
      'schema: app\ntables:\n  t_${regoin}: { columns: { a: integer } }\n',
      ['3:5 SC1080 no variable is named regoin'],
    ],
    ['unknown, in SQL', table('a: { type: text, default: "upper(${regoin})" }'), ['5:40 SC1080 no variable is named regoin']],
    [
      'part of a bare word of SQL',
      table('a: { type: text, default: "now_${region}()" }'),
      ['5:38 SC1082 the variable region is a part of a word that stands without quotes'],
    ],
    [
      'two keys that become the same',
      'schema: app\ntables:\n  t_1000: { columns: { a: integer } }\n  t_${start}: { columns: { a: integer } }\n',
      ['4:3 SC1082 with its value the key is t_1000, which stands here already'],
    ],
    [
      'a value of another type',
      table('a: { type: text, not_null: "${region}" }'),
      ['5:34 SC1048 tables.t_1000.columns.a.not_null is "it\'s"'],
    ],
    [
      'SQL that is wrong behind a variable',
      table('a:\n  type: text\n  default: concat(${region}, ${region}) )'),
      ['7:47 SC1041 an unmatched ")" does not belong into the SQL text of default'],
    ],
  ])('%s', async (_title, text, expected) => {
    expect(await findings(text)).toEqual(expected);
  });

  it('without any variables in the project, text is text', async () => {
    const none = { variables: null, used: new Set<string>() };
    const { declarations, diagnostics } = await read(
      { path: 'a.yaml', text: 'schema: app\ntables:\n  t:\n    columns: { a: integer }\n    comment: of ${region}\n' },
      undefined,
      none,
    );
    expect(diagnostics).toEqual([]);
    expect(declarations.map(({ sql }) => sql).join()).toContain('of ${region}');
    const inCode = await findings('schema: app\nviews:\n  v: select ${region}\n', none);
    expect(inCode).toEqual(['3:13 SC1080 no variable is named region']);
    const names = 'schema: ${app}\ntables:\n  t_${start}: { columns: { a: integer } }\n';
    expect(await findings(names, none)).toEqual([
      '1:9 SC1080 ${app} stands for itself: the project declares no variables',
      '3:5 SC1080 ${start} stands for itself: the project declares no variables',
    ]);
  });
});
