/** Rules of the plan file, by their sentences: refused without a connection where the file is wrong, and with a real database the rest. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApplyOutcome } from '../../src/apply/options.js';
import type { PlanBody, PlanDocument } from '../../src/core/plan.js';
import { newDocument } from '../../src/plan/arrange.js';
import { DEFAULT_SIZE_LIMIT_BYTES, planText } from '../../src/plan/file.js';
import { generateKeyFiles, readSigningKey, readTrustedKeys, type SigningKey } from '../../src/trust/keys.js';
import { signPlan } from '../../src/trust/sign.js';
import { schemactl } from '../commands/run-binary.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo, migrate, planOf } from '../support/made-plan.js';
import { samplePlan } from '../support/sample-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

/** Nobody listens there: whoever tries to connect fails with another error than the one that is expected. */
const NOWHERE = 'postgresql://nobody@127.0.0.1:1/none';

let folder: string;
const keys = new Map<string, SigningKey>();
const key = (name: string): SigningKey => keys.get(name) as SigningKey;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'schemactl-plan-rules-'));
  for (const name of ['first', 'second', 'third', 'stranger']) {
    await generateKeyFiles(join(folder, name));
    keys.set(name, await readSigningKey(join(folder, name)));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function offline(file: string | Uint8Array, names: readonly string[] = ['first'], threshold = 1): Promise<ApplyOutcome> {
  const trusted = await readTrustedKeys(
    names.map((name) => ({ name, public_key: `${name}.pub` })),
    threshold,
    folder,
  );
  return applyTo(NOWHERE, Buffer.from(file), { policy: { trusted, requireSignature: true }, environment: 'production' });
}

/** "8 SC6105" of the refusal. */
const verdict = ({ exitCode, diagnostics }: ApplyOutcome): string => `${exitCode} ${diagnostics.map(({ code }) => code).join(' ')}`;

const signed = (names: readonly string[], changes: Partial<PlanBody> = {}): PlanDocument =>
  names.reduce((document, name) => signPlan(document, key(name)), newDocument(samplePlan(changes)));
const text = (): string => planText(signed(['first']));
const edit = (from: string, to: string): string => {
  expect(text()).toContain(from);
  return text().replace(from, () => to);
};

describe('Size is capped first, then comes the byte form, then signatures, then the format: the first that is wrong speaks', () => {
  const huge = (): Uint8Array => new Uint8Array(DEFAULT_SIZE_LIMIT_BYTES + 1).fill(0xff);
  it.each<[string, () => string | Uint8Array, string]>([
    ['too large, and not UTF-8', huge, '8 SC6002'],
    ['nested without end, and unsigned', () => '['.repeat(1_000_000), '8 SC6004'],
    ['a member twice, and changed', () => edit('"apply_as": "deploy"', '"apply_as": "postgres",\n    "apply_as": "deploy"'), '8 SC6004'],
    ['a member named __proto__ twice', () => edit('"TimeZone": "UTC"', '"__proto__": "a",\n      "__proto__": "b"'), '8 SC6004'],
    [
      'a member named __proto__ that nobody signed',
      () => edit('"TimeZone": "UTC"', '"TimeZone": "UTC",\n      "__proto__": "a"'),
      '8 SC6105',
    ],
    ['an outer member named __proto__', () => edit('"format_version"', '"__proto__": {},\n  "format_version"'), '8 SC6006'],
    ['other white space, and unsigned', () => planText(newDocument(samplePlan())).replace('": "', '":  "'), '8 SC6005'],
    ['unsigned, and of a newer major version', () => planText({ ...newDocument(samplePlan()), format_version: '2.0' }), '8 SC6101'],
    [
      'of a newer major version, and expired',
      () => planText(signPlan({ ...newDocument(samplePlan()), format_version: '2.0' }, key('first'))),
      '1 SC6010',
    ],
    ['of no format, and expired', () => planText(signed(['first'], { steps: null } as unknown as PlanBody)), '1 SC6011'],
  ])('%s', async (_, file, expected) => {
    expect(verdict(await offline(file()))).toBe(expected);
  });
});

describe('A signature has one spelling, and counts for the key that made it', () => {
  const withSignature = (change: (signature: { keyid: string; sig: string }) => { keyid: string; sig: string }): string => {
    const document = signed(['first']);
    const signatures = document.signatures.map((envelope) => ({ ...envelope, signatures: envelope.signatures.map(change) }));
    return planText({ ...document, signatures });
  };
  const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];

  it('15 other base64 texts decode to the same bytes, and each is refused', async () => {
    const sig = signed(['first']).signatures[0]?.signatures[0]?.sig as string;
    const others = ALPHABET.map((letter) => `${sig.slice(0, -3)}${letter}==`).filter(
      (other) => other !== sig && Buffer.from(other, 'base64').equals(Buffer.from(sig, 'base64')),
    );
    expect(others).toHaveLength(15);
    for (const other of others) expect(verdict(await offline(withSignature(({ keyid }) => ({ keyid, sig: other }))))).toBe('8 SC6104');
  });

  it.each<[string, (sig: string) => string, string]>([
    ['no padding', (sig) => sig.replace(/=+$/, ''), '8 SC6104'],
    ['a line end', (sig) => `${sig}\n`, '8 SC6104'],
    ['the alphabet of URLs', (sig) => (/[+/]/.test(sig) ? sig.replaceAll('+', '-').replaceAll('/', '_') : `-${sig.slice(1)}`), '8 SC6104'],
    ['nothing', () => '', '8 SC6106'],
  ])('in base64 with %s it is refused', async (_, change, expected) => {
    expect(verdict(await offline(withSignature(({ keyid, sig }) => ({ keyid, sig: change(sig) }))))).toBe(expected);
  });

  it("keyid is the SHA-256 of the key, as openssl says it, and another key's is refused", async () => {
    const der = execFileSync('openssl', ['pkey', '-pubin', '-in', join(folder, 'first.pub'), '-outform', 'DER']);
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: der, encoding: 'utf8' }).slice(0, 64);
    expect(signed(['first']).signatures[0]?.signatures[0]?.keyid).toBe(digest);
    for (const keyid of [key('stranger').keyid, digest.toUpperCase(), digest.slice(1), ''])
      expect(verdict(await offline(withSignature(({ sig }) => ({ keyid, sig }))))).toBe('8 SC6103');
    expect(
      verdict(
        await offline(
          withSignature(({ sig }) => ({ keyid: key('second').keyid, sig })),
          ['first', 'second'],
        ),
      ),
    ).toBe('8 SC6106');
  });

  it('two of three must have signed, each once', async () => {
    const all = ['first', 'second', 'third'];
    await expect(offline(planText(signed(['first', 'third'])), all, 2), 'enough: the next thing is to connect').rejects.toThrow(
      'ECONNREFUSED',
    );
    expect(verdict(await offline(planText(signed(['first'])), all, 2))).toBe('8 SC6108');
    const twice = signed(['first']);
    expect(verdict(await offline(planText({ ...twice, signatures: [...twice.signatures, ...twice.signatures] }), all, 2))).toBe('8 SC6108');
    expect(verdict(await offline(planText(signed(['first', 'stranger'])), all, 2))).toBe('8 SC6102 SC6108');
  });

  it('that of another plan, and over a payload of another type, is refused', async () => {
    const document = signed(['first']);
    const moved = { ...document, signatures: signed(['first'], { complete: false }).signatures };
    expect(verdict(await offline(planText(moved)))).toBe('8 SC6105');
    const typed = document.signatures.map((envelope) => ({ ...envelope, payloadType: 'application/json' }));
    expect(verdict(await offline(planText({ ...document, signatures: typed })))).toBe('8 SC6109');
  });
});

describe('The same inputs give the same bytes but for id, time and signature', () => {
  it('from two databases with equal content, made in another order', () =>
    withDatabase(async ({ url, name }) => {
      const parts = [
        'create table app.t (a int, b text, primary key (a))',
        'create table app.u (a int references app.t, c int default 7)',
        'create index u_c on app.u (c)',
        `create function app.f() returns int language sql as 'select 1'`,
        `comment on table app.u is 'u'`,
        'grant select on app.t to public',
      ];
      const desired = `create schema app; ${parts.join('; ')}; create view app.v as select a from app.t; alter table app.u add d date;`;
      writeFileSync(join(folder, 'app.sql'), desired);
      const made = async (live: readonly string[]): Promise<string> => {
        await query(url, `drop schema if exists app cascade; create schema app; ${live.join('; ')}`);
        const { document } = await planOf(url, '', { desired: [join(folder, 'app.sql')], now: new Date('2026-01-01T00:00:00Z') });
        expect(document.plan.database.name).toBe(name);
        return planText(document).replace(document.plan.id, 'ID');
      };
      const first = await made(parts);
      const [t, u, index, f, comment, grant] = parts as [string, string, string, string, string, string];
      expect(await made([f, t, grant, u, comment, index])).toBe(first);
      expect(JSON.parse(first).plan.steps.length).toBeGreaterThan(0);
    }));
});

describe('Members of a later minor version survive: they are signed, applied and remembered as they stand', () => {
  it('at every level', () =>
    withDatabase(async ({ url }) => {
      const { document } = await planOf(url, 'create schema app; create table app.t (a int);');
      const later = planText({ ...document, format_version: '1.99' })
        .replace('    "id": ', () => '    "__proto__": {\n      "z": 1,\n      "a": []\n    },\n    "id": ')
        .replace('        "title": ', () => '        "constructor": null,\n        "title": ');
      expect(await applyTo(url, Buffer.from(later))).toMatchObject({ status: 'done', exitCode: 0 });
      expect(await query(url, 'select document from schemactl.plans')).toEqual([{ document: later }]);
      expect(await applyTo(url, Buffer.from(later))).toMatchObject({ status: 'already-applied', exitCode: 0 });
    }));
});

describe('Names that JavaScript knows are names like any other', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
  const quoted = NAMES.map((name) => `"${name}"`);
  const SQL = `
    create schema "__proto__";
    create type "__proto__"."constructor" as enum (${NAMES.map((name) => `'${name}'`).join(', ')});
    create table "__proto__"."toString" (${quoted.map((name) => `${name} int default 1 not null`).join(', ')},
      constraint "hasOwnProperty" check ("__proto__" > 0), primary key (${quoted.join(', ')}));
    create index "valueOf" on "__proto__"."toString" ("constructor");
    create function "__proto__"."constructor"("__proto__" int) returns int language sql as 'select 1';
    create view "__proto__"."prototype" as select ${quoted.join(', ')} from "__proto__"."toString";
    comment on column "__proto__"."toString"."__proto__" is '__proto__';
    grant select ("__proto__") on "__proto__"."toString" to public;
    create table "__proto__"."__proto__" ("__proto__" "__proto__"."constructor") with (fillfactor = 70);
  `;

  it('through plan, apply, second plan, a change and a drop', () =>
    withDatabase(async ({ url }) => {
      await migrate(url, SQL);
      const columns = `select attname from pg_attribute where attrelid = '"__proto__"."toString"'::regclass and attnum > 0 and not attisdropped order by attnum`;
      expect(await query(url, columns)).toEqual(NAMES.map((attname) => ({ attname })));
      expect((await planOf(url, SQL)).isEmpty).toBe(true);
      const changed = SQL.replace('"__proto__" int default 1', '"__proto__" bigint default 2');
      expect((await planOf(url, changed)).isEmpty).toBe(false);
      await migrate(url, changed);
      expect((await planOf(url, changed)).isEmpty).toBe(true);
      const fewer = changed.replace(/create table "__proto__"."__proto__" [^;]*;/, '');
      await migrate(url, fewer, { allow: [{ hazard: '*', address: null }] });
      expect((await planOf(url, fewer)).isEmpty).toBe(true);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    }));

  it('in YAML too', () =>
    withDatabase(async ({ url }) => {
      const columns = NAMES.map((name) => `      ${name}: { type: integer, default: 1 }`).join('\n');
      const yaml = `schema: app\nenums:\n  constructor: [__proto__, toString]\ntables:\n  __proto__:\n    comment: odd\n    columns:\n${columns}\n`;
      const file = join(folder, 'names.yaml');
      writeFileSync(file, yaml);
      const { document } = await migrate(url, '', { desired: [file] });
      const addresses = document.plan.changes.map(({ address }) => address);
      for (const name of NAMES) expect(addresses).toContain(`column:app.__proto__.${/[A-Z]/.test(name) ? `"${name}"` : name}`);
      expect((await planOf(url, '', { desired: [file] })).isEmpty).toBe(true);
      expect(
        (
          await planOf(
            url,
            `create schema app; create type app.constructor as enum ('__proto__', 'toString');
        create table app."__proto__" (${quoted.map((name) => `${name} int default 1`).join(', ')}); comment on table app."__proto__" is 'odd';`,
          )
        ).isEmpty,
      ).toBe(true);
    }));
});

describe('The file is read once: what was checked is what is applied', () => {
  it('a pipe, which can be read only once, is verified, shown and applied', () =>
    withDatabase(async ({ url }) => {
      const { document } = await planOf(url, 'create schema app; create table app.t (a int);');
      writeFileSync(join(folder, 'whole.json'), planText(document));
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      for (const args of [
        ['show', 'pipe'],
        ['verify', 'pipe', '--url', url],
        ['apply', 'pipe', '--url', url, '--yes'],
      ]) {
        const feeding = spawn('sh', ['-c', 'exec cat whole.json > pipe'], { cwd: folder, stdio: 'ignore' });
        const ran = await schemactl(folder, args);
        feeding.kill();
        expect(ran.stderr).not.toContain('error');
        expect(ran.code, args[0]).toBe(0);
      }
      expect(await query(url, `select from pg_class where oid = 'app.t'::regclass`)).toHaveLength(1);
    }));
});
