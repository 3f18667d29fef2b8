/** Every diagnostic code and hazard that the source uses is in its catalogue, and every one in a catalogue is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CODE_GROUPS, CODES } from '../../src/core/codes.js';
import { HAZARDS } from '../../src/kinds/hazard-codes.js';

const root = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/^core\/codes(\.ts|\/)/.test(file),
);
/** Codes in string literals: comments may name examples. */
const used = new Set(
  files.flatMap((file) => [...readFileSync(`${root}${file}`, 'utf8').matchAll(/['"`](SC\d{4})['"`]/g)].map((match) => match[1] as string)),
);

it('the catalogue holds every code that is used', () => {
  expect([...used].filter((code) => !Object.hasOwn(CODES, code)).sort()).toEqual([]);
});

it('every code in the catalogue is used', () => {
  expect(Object.keys(CODES).filter((code) => !used.has(code))).toEqual([]);
});

it('codes stand in order and in a group, each with a title, a cause and a hint that are one line', () => {
  const codes = Object.keys(CODES);
  expect(codes).toEqual([...codes].sort());
  expect(codes.filter((code) => !Object.hasOwn(CODE_GROUPS, code.slice(0, 3)))).toEqual([]);
  for (const [code, { title, cause, hint }] of Object.entries(CODES)) expectWords(code, { title, cause, hint });
});

/** Where hazards are named: a member of a Hazard, an argument of a function that makes one, a type of their names. */
const HAZARD = /\b(?:code: |hazard\(\w+, |nameHazard\([^']*?, )'([a-z]+(?:-[a-z]+)*)'|code: '([a-z-]+)' \| '([a-z-]+)'/g;
const hazards = new Set(
  files
    .filter((file) => /^(kinds|plan)\//.test(file))
    .flatMap((file) => [...readFileSync(`${root}${file}`, 'utf8').matchAll(HAZARD)].flatMap((match) => match.slice(1)))
    .filter((name) => name !== undefined),
);

it('the catalogue of hazards holds every hazard that is used, and no other', () => {
  expect(hazards.size).toBeGreaterThan(80);
  expect([...hazards].sort()).toEqual(Object.keys(HAZARDS).sort());
});

it('each hazard says what it is, what is at stake and how to avoid it, in one line each', () => {
  for (const [name, { title, stake, hint }] of Object.entries(HAZARDS)) expectWords(name, { title, cause: stake, hint });
});

/** Titles and hints are parts of sentences, causes whole ones. */
function expectWords(name: string, { title, cause, hint }: { title: string; cause: string; hint: string }): void {
  expect([name, title]).toEqual([name, expect.stringMatching(/^[^\n]+[^\n.]$/)]);
  expect([name, cause]).toEqual([name, expect.stringMatching(/^[A-Z0-9][^\n]+\.$/)]);
  expect([name, hint]).toEqual([name, expect.stringMatching(/^[^\n]*[^\n.]$/)]);
}
