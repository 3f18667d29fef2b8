/** What an editor makes of schemas/desired.schema.json, asked of yaml-language-server itself: completion, explanations, complaints. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateDesired } from '../src/plan/validate-desired.js';
import { LanguageServer, type Place } from './support/language-server.js';

let server: LanguageServer;

beforeAll(async () => {
  const schema = pathToFileURL(resolve('schemas/desired.schema.json')).href;
  const off = { schemaStore: { enable: false } };
  server = await LanguageServer.start({ schemas: { [schema]: '*.yaml' }, validate: true, hover: true, completion: true, ...off });
});

afterAll(() => server?.stop());

let count = 0;

/** Opens the text without its mark, and says where that was. */
async function opened(marked: string): Promise<readonly [uri: string, at: Place]> {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  count += 1;
  const uri = `file:///project/asked-${count}.yaml`;
  await server.open(uri, marked.replace('¦', ''));
  return [uri, { line: before.length - 1, character: before.at(-1)?.length ?? 0 }];
}

const table = (more: string): string => `schema: app\ntables:\n  orders:\n    columns: { id: bigint }\n    ${more}\n`;

const COMPLETED: readonly (readonly [place: string, marked: string, among: readonly string[]])[] = [
  ['a document', 'schema: app\n¦\n', ['tables', 'enums', 'sequences', 'roles', 'publications', 'servers']],
  ['a table', table('¦'), ['primary_key', 'indexes', 'foreign_keys', 'row_security', 'grants']],
  ['a column', 'tables:\n  t:\n    columns:\n      id:\n        type: bigint\n        ¦\n', ['not_null', 'default', 'identity']],
  ['an identity', 'tables:\n  t:\n    columns:\n      id:\n        identity: ¦\n', ['always', 'by default']],
  ['a trigger', table('triggers:\n      touch:\n        timing: ¦'), ['before', 'after', 'instead of']],
  ['privileges', table('grants:\n      reader: [¦]'), ['select', 'select with grant option']],
  ['a foreign key', table('foreign_keys:\n      fk:\n        on_delete: ¦'), ['cascade', 'set null']],
  ['row security', table('row_security: ¦'), ['enabled', 'disabled']],
  ['a role', 'roles:\n  clerk:\n    login: true\n    ¦\n', ['member_of', 'connection_limit', 'valid_until']],
  ['what a publication publishes', 'publications:\n  p: { all_tables: true, operations: [¦] }\n', ['insert', 'truncate']],
  ['a server', 'servers:\n  s:\n    wrapper: w\n    ¦\n', ['options', 'user_mappings']],
];

const EXPLAINED: readonly (readonly [key: string, marked: string, words: string])[] = [
  ['schema', 'sch¦ema: app\n', 'Schema of everything in this document'],
  ['columns', table('checks: { c: id > 0 }').replace('columns', 'col¦umns'), 'Columns in their order'],
  ['primary_key', table('prim¦ary_key: [id]'), 'Columns of the key, by their exact names.'],
  ['row_security', table('row_¦security: enabled'), 'Whether its policies are in force.'],
  ['grants', table('gr¦ants: { reader: [select] }'), 'Privileges by role'],
  ['not_null', 'tables:\n  t: { columns: { id: { type: text, not_¦null: true } } }\n', 'NOT NULL'],
  ['where', table('indexes:\n      i: { columns: [id], wh¦ere: id > 0 }'), 'Rows that it holds.'],
  ['member_of', 'roles:\n  clerk: { mem¦ber_of: [reader] }\n', 'Roles that it is a member of'],
  ['connection', 'subscriptions:\n  s: { conn¦ection: dbname=x, publications: [p] }\n', 'without a password'],
  ['wrapper', 'servers:\n  s: { wrap¦per: w }\n', 'Its foreign-data wrapper.'],
  ['mappings', 'text_search_configurations:\n  c: { map¦pings: { word: simple } }\n', 'Dictionaries by type of token'],
];

describe('an editor', () => {
  it.each(COMPLETED)('completes in %s', async (_, marked, among) => {
    expect(await server.complete(...(await opened(marked)))).toEqual(expect.arrayContaining([...among]));
  });

  it.each(EXPLAINED)('explains %s', async (_, marked, words) => {
    expect(await server.hover(...(await opened(marked)))).toContain(words);
  });
});

const FOLDER = 'test/broken-yaml';

/** Faults that the YAML parser of the editor tells elsewhere or not at all. */
const TOLD_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['syntax-flow-list-open.yaml', 'the editor shows where the text ends, we where the list begins'],
  ['syntax-flow-map-open.yaml', 'the same of a map'],
  ['syntax-quote-open.yaml', 'the same of a quote'],
  ['syntax-list-as-key.yaml', 'a list as a key is YAML, though no name'],
  ['syntax-merge-key.yaml', 'merge keys are YAML 1.1'],
]);

/** Codes of what a JSON Schema can see; SC1040 is what a YAML parser sees. */
const SHAPE: ReadonlySet<string> = new Set(['SC1046', 'SC1047', 'SC1048']);

interface Compared {
  readonly name: string;
  readonly codes: readonly string[];
  readonly ours: readonly number[];
  readonly editors: readonly number[];
}

const lines = (found: readonly number[]): readonly number[] => [...new Set(found)].sort((a, b) => a - b);

async function compared(name: string): Promise<Compared> {
  const path = join(FOLDER, name);
  const { diagnostics } = await validateDesired({ paths: [path], scratch: null });
  const complaints = await server.open(pathToFileURL(resolve(path)).href, readFileSync(path, 'utf8'));
  return {
    name,
    codes: diagnostics.map(({ code }) => code),
    ours: lines(diagnostics.map(({ span }) => span?.start.line ?? 0)),
    editors: lines(complaints.map(({ range }) => range.start.line + 1)),
  };
}

describe('broken files', () => {
  it('have the same lines in an editor as in validate, where the fault is one of form', { timeout: 120_000 }, async () => {
    const all: Compared[] = [];
    for (const name of readdirSync(FOLDER).sort()) all.push(await compared(name));
    const shape = all.filter(({ codes }) => codes.length > 0 && codes.every((code) => SHAPE.has(code)));
    const syntax = all.filter(({ codes }) => codes.includes('SC1040'));
    const meaning = all.filter((file) => !shape.includes(file) && !syntax.includes(file));
    expect(shape.filter(({ ours, editors }) => ours.join() !== editors.join())).toEqual([]);
    // After the first fault of syntax the editor goes on about what follows from it.
    const elsewhere = syntax.filter(({ ours, editors }) => !ours.every((line) => editors.includes(line)));
    expect(elsewhere.map(({ name }) => name)).toEqual([...TOLD_OTHERWISE.keys()].sort());
    // What only names, SQL or PostgreSQL make wrong, an editor cannot see.
    expect(meaning.filter(({ editors }) => editors.length > 0)).toEqual([]);
    expect({ shape: shape.length, syntax: syntax.length, meaning: meaning.length }).toEqual({ shape: 70, syntax: 19, meaning: 63 });
  });
});
