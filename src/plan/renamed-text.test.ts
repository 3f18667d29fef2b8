/** Names that change in one wording of a text change the same way in another, or it is not certain. */
import { expect, it } from 'vitest';
import type { Json } from '../core/json.js';
import { renamedAlong } from './renamed-text.js';

const CASES: readonly (readonly [title: string, before: Json, after: Json, live: Json, expected: Json | null])[] = [
  ['a column', '((a >= 1) AND (a <= 5))', '((z >= 1) AND (z <= 5))', '(((a >= 1) AND (a <= 5)))', '(((z >= 1) AND (z <= 5)))'],
  ['a name that needs quotes now', '(a > 1)', '("A b" > 1)', '((a > 1))', '(("A b" > 1))'],
  ['not within literals', "(a <> 'a'::text)", "(z <> 'a'::text)", "((a <> 'a'::text))", "((z <> 'a'::text))"],
  ['in lists', [null, 'f(a)'], [null, 'g(a)'], [null, '(f(a))'], [null, '(g(a))']],
  ['a word that changes in one place only', '(a > t.a)', '(a > t.z)', '((a > t.a))', null],
  ['more than words', 'SELECT t.a', 'SELECT t.z AS a', 'SELECT (t.a)', null],
];

it.each(CASES)('%s', (_, before, after, live, expected) => expect(renamedAlong(before, after, live)).toEqual(expected));
