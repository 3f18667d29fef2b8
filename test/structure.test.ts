/** The layout that docs/architecture.md promises, held by tests; each rule is first shown a file that breaks it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '../src/kinds/registry.js';
import { root, type SourceFile, sourceFiles } from './support/source.js';
import { fileRules, importCycles, importDirection, kindNames, type OtherWord } from './support/structure.js';

const source = sourceFiles('src');
const names = kinds.map((kind) => kind.name);

/** Literals that are not about a kind though they read like one's name. */
const OTHER_WORDS: readonly OtherWord[] = [
  { path: 'src/desired/sql/', word: 'comment', means: 'a token of SQL text, or the keyword' },
  { path: 'src/desired/sql/', word: 'constraint', means: 'the keyword' },
  { path: 'src/desired/sql/', word: 'function', means: 'the keyword' },
  { path: 'src/desired/sql/', word: 'procedure', means: 'the keyword' },
  { path: 'src/desired/sql/', word: 'rule', means: 'the keyword' },
  { path: 'src/desired/rewritten.ts', word: 'comment', means: 'a token of SQL text' },
  { path: 'src/desired/duplicates.ts', word: 'schema', means: 'a name space of the parser' },
  { path: 'src/desired/duplicates.ts', word: 'extension', means: 'a name space of the parser' },
  { path: 'src/desired/duplicates.ts', word: 'collation', means: 'a name space of the parser' },
  { path: 'src/desired/names.ts', word: 'collation', means: 'a name space of the parser' },
  { path: 'src/desired/sql/uses.ts', word: 'collation', means: 'a name space of the parser' },
  { path: 'src/desired/sql/uses.ts', word: 'schema', means: 'a name space of the parser' },
  { path: 'src/graph/declarations.ts', word: 'schema', means: 'a name space of the parser' },
  { path: 'src/graph/declarations.ts', word: 'extension', means: 'a name space of the parser' },
  { path: 'src/desired/yaml/schema-errors.ts', word: 'enum', means: 'a keyword of JSON Schema' },
  { path: 'src/desired/yaml/yaml-file.ts', word: 'range', means: 'where a YAML node stands' },
  { path: 'src/plan/gate.ts', word: 'default', means: 'the rule for hazards that a policy does not name' },
  { path: 'src/plan/export.ts', word: 'schema', means: 'a layout of files' },
  { path: 'src/plan/read-sources.ts', word: 'schema', means: 'a layout of files' },
  { path: 'src/plan/options.ts', word: 'schema', means: 'a layout of files' },
  { path: 'src/commands/export.ts', word: 'schema', means: 'a layout of files' },
  { path: 'src/commands/init.ts', word: 'schema', means: 'a layout of files' },
  { path: 'src/report/attribute-words.ts', word: 'base_type', means: 'an attribute of a domain' },
  { path: 'src/report/attribute-words.ts', word: 'default', means: 'a value of an attribute' },
  { path: 'src/trust/statement.ts', word: 'policy', means: 'a member of the plan file' },
  { path: 'src/config/resolve.ts', word: 'policy', means: 'a key of the configuration' },
  { path: 'src/commands/apply-progress.ts', word: 'default', means: 'a renderer of the progress list' },
  { path: 'src/desired/names.ts', word: 'operator', means: 'a name space of the parser' },
  { path: 'src/desired/sql/guards.ts', word: 'language', means: 'the option of a DO statement' },
  { path: 'src/desired/sql/uses.ts', word: 'operator', means: 'a name space of the parser' },
  { path: 'src/graph/declarations.ts', word: 'operator', means: 'a name space of the parser' },
  { path: 'src/apply/missing-privileges.ts', word: 'role', means: 'a member of what a privilege is about' },
  { path: 'src/apply/preflight.ts', word: 'role', means: 'a member of what a privilege is about' },
  { path: 'src/catalog/privileges.ts', word: 'role', means: 'a member of a question, and a column of it' },
  { path: 'src/desired/sql/settings.ts', word: 'role', means: 'the setting' },
  { path: 'src/graph/declarations.ts', word: 'role', means: 'a name space of the parser' },
  { path: 'src/plan/schema.ts', word: 'role', means: 'a member of the plan file' },
  { path: 'src/plan/schema.ts', word: 'schema', means: 'a member of the plan file' },
  { path: 'src/plan/schema.ts', word: 'table', means: 'a member of the plan file' },
  { path: 'src/apply/row-checks.ts', word: 'row', means: 'the word in a sentence' },
  { path: 'src/report/words.ts', word: 'row', means: 'the word in a sentence' },
  { path: 'src/scratch/open.ts', word: 'role', means: 'the word in a sentence' },
];

const file = (path: string, text: string): SourceFile => ({ path, text });

describe('import direction', () => {
  it('notices each wrong way', () => {
    const wrong = (path: string, target: string) => importDirection([file(path, `/** x */\nimport { x } from '${target}';\n`)]);
    expect(wrong('src/core/a.ts', '../kinds/kind.js')).toHaveLength(1);
    expect(wrong('src/diff/a.ts', '../plan/file.js')).toHaveLength(1);
    expect(wrong('src/plan/a.ts', '../index.js')).toHaveLength(1);
    expect(wrong('src/kinds/view/kind.ts', '../table/columns.js')).toHaveLength(1);
    expect(wrong('src/kinds/quote.ts', './table/kind.js')).toHaveLength(1);
    expect(wrong('src/plan/a.ts', '../kinds/table/kind.js')).toHaveLength(1);
    expect(wrong('src/plan/a.ts', '../../test/support/database.js')).toHaveLength(1);
    expect(wrong('src/elsewhere/a.ts', './b.js')).toHaveLength(1);
    expect(importDirection([file('src/core/a.ts', `export type { K } from '../kinds/kind.js';\n`)])).toHaveLength(1);
    expect(importDirection([file('src/core/a.ts', `const x = await import('../kinds/kind.js');\n`)])).toHaveLength(1);
    expect(wrong('src/plan/a.ts', '../kinds/registry.js')).toEqual([]);
    expect(wrong('src/kinds/registry.ts', './table/kind.js')).toEqual([]);
    expect(wrong('src/kinds/table/kind.ts', './columns.js')).toEqual([]);
  });

  it('is kept', () => expect(importDirection(source)).toEqual([]));
});

describe('import cycles', () => {
  it('notices one', () => {
    const files = [
      file('src/core/a.ts', `import './b.js';`),
      file('src/core/b.ts', `import './c.js';`),
      file('src/core/c.ts', `import './a.js';`),
    ];
    expect(importCycles(files)).toEqual(['src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts']);
    expect(importCycles(files.slice(0, 2))).toEqual([]);
  });

  it('are not there', () => expect(importCycles(source)).toEqual([]));
});

describe('kinds named outside src/kinds', () => {
  it('are noticed however they are quoted', () => {
    const wrong = (text: string) => kindNames([file('src/diff/a.ts', text)], ['table', 'function']).wrong;
    const cases = [
      `f({ kind: 'table' })`,
      `x === 'table'`,
      `f("table:app.t")`,
      'f(`table:${x}`)',
      "f(`${y} where kind = 'table'`)",
      'type T = "table"',
      `f('function')`,
    ];
    for (const text of cases) expect(wrong(text), text).toHaveLength(1);
    const fine = [
      `// 'table'\nf()`,
      `f('tables')`,
      `if (typeof f === 'function') f()`,
      `f('a table: b')`,
      `import 'table'`,
      `f({ space: 'table' })`,
      `ref.space === 'table'`,
      `type X = Plan['table']`,
    ];
    for (const text of fine) expect(wrong(text), text).toEqual([]);
    expect(kindNames([file('src/kinds/table/kind.ts', `'table'`)], ['table']).lookedAt).toBe(0);
  });

  it('may be another word when listed, and only as long as it stands there', () => {
    const listed = [{ path: 'src/diff/a.ts', word: 'table', means: 'furniture' }];
    expect(kindNames([file('src/diff/a.ts', `'table'`)], ['table'], listed).wrong).toEqual([]);
    expect(kindNames([file('src/diff/a.ts', `'table:x'`)], ['table'], listed).wrong).toHaveLength(2);
    expect(kindNames([file('src/diff/a.ts', '')], ['table'], listed).wrong).toHaveLength(1);
  });

  it('are not there', () => {
    const { wrong, lookedAt } = kindNames(source, names, OTHER_WORDS);
    console.log(`${names.length} kinds' names looked for in ${lookedAt} files outside src/kinds`);
    expect(names.length).toBeGreaterThan(0);
    expect(lookedAt).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('are noticed when they break a rule', () => {
    const wrong = (path: string, text: string) => fileRules([file(path, text)]);
    expect(wrong('src/core/a.ts', `/** A. */\n${'x;\n'.repeat(400)}`)).toHaveLength(1);
    expect(wrong('src/core/a.ts', 'export const a = 1;\n')).toHaveLength(1);
    expect(wrong('src/core/a.ts', '/** A. */\nprocess.exit(1);\n')).toHaveLength(1);
    expect(wrong('src/bin.ts', '#!/usr/bin/env node\n/** The executable. */\nprocess.exit(1);\n')).toEqual([]);
    expect(wrong('src/core/utils.ts', '/** A. */\n')).toHaveLength(1);
    expect(wrong('test/helpers/a.ts', '')).toHaveLength(1);
  });

  it('are short, named for what they hold, and say what they are', () => {
    expect(fileRules([...source, ...sourceFiles('test', 'scripts')])).toEqual([]);
  });
});

describe('generated files', () => {
  it('are up to date', () => {
    execFileSync(process.execPath, [join(root, 'scripts/gen.mjs'), '--check'], { stdio: 'pipe' });
  });
});
