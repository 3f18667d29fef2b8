/** That a plan file has one byte form, and that every other spelling of the same plan is refused with its own message. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../test/support/sample-plan.js';
import { DiagnosticError } from '../core/diagnostic.js';
import type { PlanDocument } from '../core/plan.js';
import { newDocument } from './arrange.js';
import { openPlan, planText, readPlanFile, writePlanFile } from './file.js';
import { parseJson } from './parse.js';
import { serialise } from './serialise.js';

const text = planText(newDocument(samplePlan()));
const open = (content: string | Uint8Array, limit?: number) => openPlan(Buffer.from(content), 'plan.json', limit);

/** Code and summary of the refusal; fails when the file is taken. */
function refusal(content: string | Uint8Array, limit?: number): string {
  const opened = open(content, limit);
  if (opened.ok) throw new Error('the file was taken');
  const [first] = opened.diagnostics;
  const place = first?.span ? ` at ${first.span.start.line}:${first.span.start.column}` : '';
  return `${first?.code} ${first?.summary}${place}`;
}

/** The text with one place changed, which must be there exactly as given. */
function edited(from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

describe('the byte form', () => {
  it('is what JSON.stringify writes with two spaces, and a line end', () => {
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    const opened = open(text);
    expect(opened.ok && planText(opened.document)).toBe(text);
  });

  it('does not depend on the order in which the planner made its members and maps', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, reversed(member)]),
      );
    };
    const shuffled = reversed(samplePlan()) as PlanDocument['plan'];
    expect(planText({ ...newDocument(samplePlan()), plan: shuffled })).not.toBe(text);
    expect(planText(newDocument(shuffled))).toBe(text);
    expect(Object.keys(newDocument(shuffled).plan).slice(0, 3)).toEqual(['id', 'created_at', 'not_after']);
    expect(Object.keys(newDocument(shuffled).plan.footprint)).toEqual([...Object.keys(samplePlan().footprint)].sort());
    expect(Object.keys(newDocument(shuffled).plan.steps[0]?.lock ?? {})).toEqual(['mode', 'address']);
  });

  it('keeps members that this version does not know, where they stand', () => {
    const later = edited('"complete": true', '"complete": true,\n    "future": {\n      "z": 1,\n      "a": []\n    }');
    const opened = open(later);
    expect(opened.ok && planText(opened.document)).toBe(later);
  });

  it('keeps text as it is: accents in both normal forms, names that look like prototypes, controls, pairs', () => {
    const names = ['caf\u00e9', 'cafe\u0301', '__proto__', 'constructor', 'a\u0000\u001b\u2028', '\u{1f600}', '"\\/'];
    const footprint = Object.fromEntries(names.map((name) => [name, null]));
    const document = newDocument(
      samplePlan({ footprint: Object.assign(Object.create(null), footprint, JSON.parse('{"__proto__":null}')) }),
    );
    const opened = open(planText(document));
    if (!opened.ok) throw new Error(opened.diagnostics[0]?.summary ?? '');
    expect(Object.keys(opened.document.plan.footprint as object).sort()).toEqual([...names].sort());
    expect(Object.getPrototypeOf(opened.document.plan.footprint)).toBeNull();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('refused', () => {
  const bom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
  const badUtf8 = Buffer.from(text);
  badUtf8[badUtf8.indexOf('deploy')] = 0xff;
  const plan = text.slice(text.indexOf('  "plan"'), text.indexOf('  "signatures"'));

  it.each<[string, () => string | Uint8Array, string]>([
    ['nothing at all', () => '', 'SC6004 the plan file is not well-formed: the document ends in the middle at 1:1'],
    [
      'a duplicate key, last',
      () => edited('"apply_as": "deploy",', '"apply_as": "deploy",\n    "apply_as": "postgres",'),
      'SC6004 the plan file is not well-formed: the member "apply_as" appears twice in one object',
    ],
    [
      'a duplicate key, escaped',
      () => edited('"apply_as": "deploy",', '"apply_as": "deploy",\n    "apply\\u005fas": "postgres",'),
      'SC6004 the plan file is not well-formed: the member "apply_as" appears twice in one object',
    ],
    [
      'a duplicate __proto__',
      () => edited('"TimeZone": "UTC"', '"__proto__": "a",\n      "__proto__": "a"'),
      'SC6004 the plan file is not well-formed: the member "__proto__" appears twice',
    ],
    ['an escape where none is needed', () => edited('"deploy"', '"\\u0064eploy"'), 'SC6005'],
    ['an escaped solidus', () => edited('"schema/orders.sql"', '"schema\\/orders.sql"'), 'SC6005'],
    ['an upper-case escape', () => edited('"deploy"', '"\\u001B"'), 'SC6005'],
    ['an unknown escape', () => edited('"deploy"', '"\\x41"'), 'SC6004 the plan file is not well-formed: an unknown escape'],
    ['a raw control character', () => edited('"deploy"', '"de\tploy"'), 'SC6004 the plan file is not well-formed: a control character'],
    ['a lone high surrogate', () => edited('"deploy"', '"\\ud800"'), 'SC6004 the plan file is not well-formed: half of a surrogate pair'],
    [
      'a lone low surrogate in a key',
      () => edited('"apply_as"', '"\\udc00"'),
      'SC6004 the plan file is not well-formed: half of a surrogate pair',
    ],
    ['an exponent', () => edited('2000', '2e3'), 'SC6004 the plan file is not well-formed: the number 2e3 is not a plain integer'],
    ['a fraction', () => edited('2000', '2000.0'), 'SC6004 the plan file is not well-formed: the number 2000.0'],
    ['minus zero', () => edited('2000', '-0'), 'SC6004 the plan file is not well-formed: the number -0'],
    ['a leading zero', () => edited('2000', '02000'), 'SC6004 the plan file is not well-formed: the number 02000'],
    ['a plus sign', () => edited('2000', '+2000'), 'SC6004 the plan file is not well-formed: a value is expected here'],
    [
      '2^53',
      () => edited('2000', '9007199254740992'),
      'SC6004 the plan file is not well-formed: the number 9007199254740992 is not below 2^53',
    ],
    [
      '2^53 + 1',
      () => edited('2000', '9007199254740993'),
      'SC6004 the plan file is not well-formed: the number 9007199254740993 is not below 2^53',
    ],
    ['NaN', () => edited('2000', 'NaN'), 'SC6004 the plan file is not well-formed: a value is expected here'],
    ['a byte order mark', () => bom, 'SC6003 the plan file begins with a byte order mark'],
    ['broken UTF-8', () => badUtf8, 'SC6003 the plan file is not UTF-8'],
    ['an overlong encoding', () => Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xc0, 0xaf])]), 'SC6003'],
    ['UTF-16', () => Buffer.from(text, 'utf16le'), 'SC600'],
    ['CRLF', () => text.replaceAll('\n', '\r\n'), 'SC6005 the plan file is not in its canonical byte form at 1:2'],
    ['no line end at the end', () => text.slice(0, -1), 'SC6005'],
    ['two line ends at the end', () => `${text}\n`, 'SC6005'],
    ['a second document', () => `${text}{}\n`, 'SC6004 the plan file is not well-formed: something follows the end'],
    ['a NUL at the end', () => `${text}\0`, 'SC6004 the plan file is not well-formed: something follows the end'],
    ['four spaces', () => `${JSON.stringify(JSON.parse(text), null, 4)}\n`, 'SC6005'],
    ['no white space', () => JSON.stringify(JSON.parse(text)), 'SC6005'],
    ['a no-break space', () => edited('"apply_as": ', '"apply_as":\u00a0'), 'SC6004'],
    ['a comment', () => edited('"apply_as"', '// as\n    "apply_as"'), 'SC6004'],
    ['a trailing comma', () => edited('"complete": true', '"complete": true,'), 'SC6004'],
    ['single quotes', () => edited('"deploy"', "'deploy'"), 'SC6004'],
    ['a file cut short', () => text.slice(0, 500), 'SC6004 the plan file is not well-formed: the document ends'],
    [
      'deep lists',
      () => '['.repeat(2_000_000),
      'SC6004 the plan file is not well-formed: values are nested deeper than 100 levels at 1:102',
    ],
    ['deep objects', () => '{"a":'.repeat(2_000_000), 'SC6004 the plan file is not well-formed: values are nested deeper than 100 levels'],
    ['no object', () => '[]\n', 'SC6006 the file is not a schemactl plan: it does not hold an object'],
    [
      'another document',
      () => '{\n  "format": "schemactl-result"\n}\n',
      'SC6006 the file is not a schemactl plan: its "format" is not "schemactl-plan"',
    ],
    [
      'one more outer member',
      () => edited('"signatures"', '"comment": "safe",\n  "signatures"'),
      'SC6006 the file is not a schemactl plan: its members are',
    ],
    ['an outer __proto__', () => edited('"signatures"', '"__proto__": {},\n  "signatures"'), 'SC6006'],
    ['another order outside', () => `{\n${plan}${text.slice(2).replace(plan, () => '')}`, 'SC6006'],
    [
      'signatures that are no list',
      () => edited('"signatures": []', '"signatures": {}'),
      'SC6006 the file is not a schemactl plan: "signatures" is not a list',
    ],
    [
      'an empty envelope',
      () => edited('"signatures": []', '"signatures": [\n    {}\n  ]'),
      'SC6006 the file is not a schemactl plan: signatures[0]: its members are none',
    ],
  ])('%s', (_name, content, expected) => {
    expect(refusal(content())).toContain(expected);
  });

  it('says where', () => {
    const line = text.split('\n').findIndex((each) => each.includes('"apply_as"')) + 1;
    expect(refusal(edited('"apply_as": "deploy"', '"apply_as":  "deploy"'))).toMatch(new RegExp(`at ${line}:17$`));
    expect(refusal(edited('"apply_as": "deploy"', '"apply_as": deploy'))).toMatch(new RegExp(`at ${line}:17$`));
  });

  it('what is too large, before it is decoded', () => {
    const opened = open(Buffer.alloc(1001, 0xff), 1000);
    expect(!opened.ok && opened.diagnostics[0]?.code).toBe('SC6002');
    expect(refusal(text, 100)).toContain('SC6002 the plan file is larger than 100 bytes');
  });
});

describe('the parser', () => {
  it.each([
    '{"a":[1,-2,0,true,false,null,"x\\n\\u00e9"],"b":{}}',
    '[]',
    '"\\ud83d\\ude00"',
    ' [ 1 , 2 ] ',
    '9007199254740991',
    '-9007199254740991',
  ])('reads %s as JSON.parse does', (source) => {
    const parsed = parseJson(source);
    expect(parsed.ok && JSON.stringify(parsed.value)).toBe(JSON.stringify(JSON.parse(source)));
  });

  it.each([
    '',
    '{',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    '[1,]',
    '[,1]',
    '{,}',
    '{"a":1,}',
    '"',
    '"\\',
    '"\\u12',
    'tru',
    'truefalse',
    '1 2',
    '-',
    '--1',
    '0x10',
    '[1}',
    '{"a":1]',
    ']',
    ':',
    'undefined',
    'Infinity',
    '1n',
  ])('refuses %s, as JSON.parse does', (source) => {
    expect(() => JSON.parse(source)).toThrow();
    expect(parseJson(source).ok).toBe(false);
  });

  it('takes very long strings and runs of white space', () => {
    const long = 'x'.repeat(20_000_000);
    const parsed = parseJson(`${' '.repeat(5_000_000)}"${long}"`);
    expect(parsed.ok && parsed.value === long).toBe(true);
  });
});

describe('serialising', () => {
  it.each([[1.5], [2 ** 53], [-0], [Number.NaN], ['\ud800'], [undefined]])('refuses %s and names the place', (value) => {
    expect(() => serialise({ steps: [{ value: value as number }] })).toThrow(/steps\[0\]\.value/);
  });
});

describe('files', () => {
  it('are written whole and read back, and what cannot be read is said', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'schemactl-plan-'));
    try {
      const path = join(folder, 'plan.json');
      await writePlanFile(path, newDocument(samplePlan()));
      expect(Buffer.from(await readPlanFile(path)).toString()).toBe(text);
      expect(await readdir(folder)).toEqual(['plan.json']);
      await expect(readPlanFile(path, 10)).rejects.toMatchObject({ exitCode: 8, diagnostics: [{ code: 'SC6002' }] });
      await expect(readPlanFile(join(folder, 'none.json'))).rejects.toMatchObject({ exitCode: 1, diagnostics: [{ code: 'SC6001' }] });
      await expect(readPlanFile(folder)).rejects.toBeInstanceOf(DiagnosticError);
      await expect(readPlanFile('/dev/zero', 100_000)).rejects.toMatchObject({ diagnostics: [{ code: 'SC6002' }] });
      await writeFile(join(folder, 'is-a-file'), '');
      await expect(writePlanFile(join(folder, 'is-a-file', 'plan.json'), newDocument(samplePlan()))).rejects.toThrow();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
