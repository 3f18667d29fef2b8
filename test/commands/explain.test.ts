/** schemactl explain: every code and every hazard, in words, without a network or a database. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../src/core/codes.js';
import { HAZARDS } from '../../src/kinds/hazard-codes.js';
import { EXPLANATIONS, referencePages } from '../../src/report/explanation.js';
import { project, schemactl } from './run-binary.js';

describe('schemactl explain', () => {
  it('says what a code means, how it comes about, what to do, and where to read more', async () => {
    expect(await schemactl(project(), ['explain', 'SC1013'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `SC1013  a syntax error

The text is not SQL that PostgreSQL's own grammar accepts. The place shown is where reading stopped;
the fault may stand right before it.

What to do: correct the statement

Documentation: docs/reference/diagnostics.md#sc1013
`,
    });
  });

  it('says the same of a hazard, whatever case it is typed in', async () => {
    const { code, stdout } = await schemactl(project(), ['explain', 'Drop-Column']);
    expect(stdout).toMatch(/^drop-column {2}a column and its values go\n/);
    expect(stdout).toContain('\nTo avoid it: ');
    expect(code).toBe(0);
  });

  it('lists all of them without a name', async () => {
    const { code, stdout } = await schemactl(project(), ['explain']);
    for (const name of [...Object.keys(CODES), ...Object.keys(HAZARDS)]) expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
    expect(code).toBe(0);
  });

  it.each([
    ['SC1O13', 'did you mean SC1013?'],
    ['drop-colum', 'did you mean drop-column?'],
    ['nothing-like-it', 'schemactl explain lists all of them'],
  ])('does not know %s: 64, and %s', async (name, hint) => {
    const { code, stdout, stderr } = await schemactl(project(), ['explain', name]);
    expect(stderr).toBe(`error[SC7020] no diagnostic and no hazard is named ${name}\n  hint: ${hint}\n`);
    expect(stdout).toBe('');
    expect(code).toBe(64);
  });
});

describe('the reference', () => {
  it('has a heading of each name on the page that explain names', () => {
    const pages = referencePages();
    for (const { name, page } of EXPLANATIONS) {
      const [file = '', anchor] = page.split('#');
      expect(pages.get(file)).toContain(`\n### ${name}\n`);
      expect(anchor).toBe(name.toLowerCase());
    }
  });

  it('is what lies in docs/', () => {
    for (const [file, text] of referencePages())
      expect(readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8')).toBe(text);
  });
});
