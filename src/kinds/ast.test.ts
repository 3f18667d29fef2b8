/** Names, types and signatures from the trees of both parsers. */
import { parseSync } from 'libpg-query';
import { describe, expect, it } from 'vitest';
import { parseStatement } from '../desired/sql/parse.js';
import {
  child,
  inSchema,
  list,
  nameListRef,
  objectWithArgs,
  option,
  rangeVarRef,
  roleName,
  signatureText,
  str,
  strings,
  typeNameText,
} from './ast.js';
import type { Ast } from './kind.js';

/** The same statement as both parsers print it. */
async function bothTrees(sql: string): Promise<readonly Ast[]> {
  const small = await parseStatement(sql);
  if (!small.ok) throw new Error(small.message);
  const large = parseSync(sql).stmts?.[0]?.stmt as unknown as Record<string, Ast>;
  return [small.node, Object.values(large)[0] as Ast];
}

describe('types as format_type() prints them', () => {
  it.each([
    ['int', 'integer'],
    ['int4[]', 'integer[]'],
    ['int[3][]', 'integer[]'],
    ['varchar(10)', 'character varying'],
    ['char', 'character'],
    ['"char"', '"char"'],
    ['numeric(10,2)', 'numeric'],
    ['float(20)', 'real'],
    ['float', 'double precision'],
    ['time with time zone', 'time with time zone'],
    ['timestamptz(3)', 'timestamp with time zone'],
    ['bit varying(5)', 'bit varying'],
    ['pg_catalog.text', 'text'],
    ['status', 'app.status'],
    ['"Weird Type"[]', 'app."Weird Type"[]'],
    ['other.status', 'other.status'],
    ['setof jsonb', 'jsonb'],
    ['app.t.c%type', 'app.t.c%type'],
  ])('%s is %s', async (type, expected) => {
    for (const node of await bothTrees(`create function f(a ${type === 'setof jsonb' ? 'jsonb' : type}) returns int language sql as ''`)) {
      const parameter = list(node, 'parameters')[0]?.node as Ast;
      expect(typeNameText(child(parameter, 'argType'), 'app')).toBe(expected);
    }
  });
});

describe('signatures', () => {
  it.each([
    ['create function f() returns int language sql as $$$$', '()'],
    [
      'create function f(a int, out b text, inout c numeric, variadic d text[]) returns record language sql as $$$$',
      '(integer, numeric, text[])',
    ],
    ['create function f(a app.x) returns table(b int) language sql as $$$$', '(app.x)'],
  ])('%s', async (sql, expected) => {
    for (const node of await bothTrees(sql)) expect(signatureText(list(node, 'parameters'), 'public')).toBe(expected);
  });

  it('reads an aggregate, an operator and a routine without arguments', async () => {
    for (const node of await bothTrees(`create aggregate app.a(int, text) (sfunc = f, stype = int)`)) {
      expect(signatureText(list(node, 'args'), 'public')).toBe('(integer, text)');
      expect(nameListRef(node, 'defnames', 'routine')).toEqual({ space: 'routine', schema: 'app', name: 'a' });
    }
    for (const node of await bothTrees('comment on operator app.!! (none, bigint) is null')) {
      const object = child(node, 'object') as Ast;
      expect(objectWithArgs(object, 'public', 'operator')).toEqual({
        ref: { space: 'operator', schema: 'app', name: '!!' },
        signature: '(NONE, bigint)',
      });
    }
    for (const node of await bothTrees('grant execute on function f to public')) {
      expect(objectWithArgs(list(node, 'objects')[0]?.node as Ast, 'public').signature).toBeNull();
    }
    for (const node of await bothTrees('comment on function app.f(a int, out b text) is null')) {
      expect(objectWithArgs(child(node, 'object') as Ast, 'public').signature).toBe('(integer)');
    }
  });
});

describe('names', () => {
  it('reads relations, lists, roles and options', async () => {
    for (const node of await bothTrees('create table "T" (a int)')) {
      const ref = rangeVarRef(child(node, 'relation'));
      expect(ref).toEqual({ space: 'relation', schema: null, name: 'T' });
      expect(inSchema(ref, 'app')).toEqual(['app', 'T']);
    }
    for (const node of await bothTrees('comment on column a.b.c is null')) expect(strings(node, 'object')).toEqual(['a', 'b', 'c']);
    for (const node of await bothTrees('comment on domain a.b is null')) expect(strings(node, 'object')).toEqual(['a', 'b']);
    for (const node of await bothTrees('comment on schema a is null')) expect(strings(node, 'object')).toEqual(['a']);
    for (const node of await bothTrees('alter table t owner to current_user')) {
      expect(roleName(child(list(node, 'cmds')[0]?.node as Ast, 'newowner'))).toBe('current_user');
    }
    for (const node of await bothTrees(`create extension x schema "S" version '1'`)) {
      expect(str(option(node, 'options', 'schema')?.node as Ast, 'sval')).toBe('S');
      expect(option(node, 'options', 'cascade')).toBeNull();
    }
  });
});
