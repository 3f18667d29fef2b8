/** PostgreSQL's lexical rules. */
import { describe, expect, it } from 'vitest';
import { nextToken, tokensFrom } from './tokens.js';

const texts = (sql: string): readonly string[] => [...tokensFrom(sql)].map((token) => token.text);

describe('tokens', () => {
  it.each([
    ['words fold, quoted names do not', 'Create TABLE "Ab""c".D', ['create', 'table', '"Ab""c"', '.', 'd']],
    ['quotes are doubled inside', "select 'it''s; fine', E'a\\'; b'", ['select', "'it''s; fine'", ',', "E'a\\'; b'"]],
    ['a backslash is nothing in a plain string', "'a\\' ;", ["'a\\'", ';']],
    ['dollar quotes nest by tag', 'as $fn$ begin; $$ ; $fn$ ;', ['as', '$fn$ begin; $$ ; $fn$', ';']],
    ['a dollar inside a name quotes nothing', 'a$b$c ; $1', ['a$b$c', ';', '$1']],
    ['block comments nest', 'a /* x /* ; */ y */ b -- ;\nc', ['a', 'b', 'c']],
    ['an operator ends where a comment begins', 'a +-- x\n@>/* y */b', ['a', '+', '@>', 'b']],
    ['unicode forms', 'U&"d\\0061t" u&\'x\' é_1', ['U&"d\\0061t"', "u&'x'", 'é_1']],
    ['numbers with a point', '1.5e3 .5 t.c', ['1.5e3', '.5', 't', '.', 'c']],
    ['what is never closed reaches to the end', "a 'b; c", ['a', "'b; c"]],
  ])('%s', (_, sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it('gives comments with their places', () => {
    expect(nextToken('  -- schemactl: x\r\na', 0)).toEqual({ type: 'comment', from: 2, to: 17, text: '-- schemactl: x' });
  });
});
