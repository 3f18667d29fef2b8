/** Every diagnostic code that the source uses is in the catalogue, and every one in the catalogue is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CODES } from '../../src/core/codes.js';

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

it('codes stand in order, each with a title and a hint that are one line', () => {
  const codes = Object.keys(CODES);
  expect(codes).toEqual([...codes].sort());
  for (const [code, { title, hint }] of Object.entries(CODES)) {
    expect([code, title]).toEqual([code, expect.stringMatching(/^[^\n]+[^\n.]$/)]);
    expect([code, hint]).toEqual([code, expect.stringMatching(/^[^\n]+$/)]);
  }
});
