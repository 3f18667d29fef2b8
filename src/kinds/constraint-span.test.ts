/** Where constraints end. */
import { describe, expect, it } from 'vitest';
import { foreignKeyEnd, tableElementEnd } from './constraint-span.js';

/** « marks the start. */
function taken(marked: string, end: (text: string, start: number) => number): string {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '');
  return text.slice(start, end(text, start));
}

describe('foreignKeyEnd', () => {
  it.each([
    ['a int «references b not null, c int', 'references b'],
    [
      'a int «CONSTRAINT x REFERENCES b(c) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED NOT NULL',
      'CONSTRAINT x REFERENCES b(c) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
    ],
    ['a int «references app."B" (c) not deferrable unique)', 'references app."B" (c) not deferrable'],
    [
      'a int «references b on update no action on delete set null (a, b) default 1',
      'references b on update no action on delete set null (a, b)',
    ],
    ['a int «references b on delete set default default 1', 'references b on delete set default'],
    ['a int «references b match full /* why, not */ check (a > 0)', 'references b match full'],
    [
      '«constraint "x y" foreign key (a, (b)) references z (c, d) on delete restrict not valid)',
      'constraint "x y" foreign key (a, (b)) references z (c, d) on delete restrict not valid',
    ],
    ['«references b not enforced\n)', 'references b not enforced'],
  ])('%s', (marked, expected) => {
    expect(taken(marked, foreignKeyEnd)).toBe(expected);
  });
});

describe('tableElementEnd', () => {
  it.each([
    ["(«a numeric(10,2) default f(',', 1) not null -- x, y\n, b int)", "a numeric(10,2) default f(',', 1) not null"],
    ['(a int, «check (a > (1))) with (fillfactor = 10)', 'check (a > (1))'],
    ['(«a int default (array[1,2])[1])', 'a int default (array[1,2])[1]'],
  ])('%s', (marked, expected) => {
    expect(taken(marked, tableElementEnd)).toBe(expected);
  });
});
