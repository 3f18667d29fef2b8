/** That signatures bind the whole plan: made, checked by stock tools, and every way to bend them refused with its own code. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlan } from '../../test/support/sample-plan.js';
import { PLAN_FORMAT_VERSION, type PlanBody, type PlanDocument, type PlanSignature } from '../core/plan.js';
import { newDocument } from '../plan/arrange.js';
import { openPlan, planText } from '../plan/file.js';
import { decodeBase64, preAuthentication } from './dsse.js';
import { generateKeyFiles, keyIdOf, readSigningKey, readTrustedKeys, type SigningKey, type TrustedKeys } from './keys.js';
import { exportEnvelope, signPlan } from './sign.js';
import { planDigest, statementOf } from './statement.js';
import { verifyPlan } from './verify.js';

const now = new Date('2026-03-02T00:00:00Z');
let folder: string;
let alice: SigningKey;
let bob: SigningKey;
let mallory: SigningKey;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schemactl-trust-'));
  const make = async (name: string): Promise<SigningKey> => {
    await generateKeyFiles(join(folder, name));
    return readSigningKey(join(folder, name));
  };
  [alice, bob, mallory] = [await make('alice'), await make('bob'), await make('mallory')];
});

afterAll(() => rm(folder, { recursive: true }));

function trust(names: readonly string[], threshold = 1, notAfter?: string): Promise<TrustedKeys> {
  const entries = names.map((name) => ({ name, public_key: `${name}.pub`, ...(notAfter === undefined ? {} : { not_after: notAfter }) }));
  return readTrustedKeys(entries, threshold, folder);
}

const signed = (key: SigningKey, body: Partial<PlanBody> = {}): PlanDocument => signPlan(newDocument(samplePlan(body)), key);

/** The codes of what is wrong, or "ok" and who signed. */
function verdict(document: PlanDocument, trusted: TrustedKeys, at = now): string {
  const { ok, signers, diagnostics } = verifyPlan(Buffer.from(planText(document)), 'plan.json', trusted, at);
  return [ok ? `ok ${signers.map(({ name }) => name).join('+')}` : 'refused', ...diagnostics.map(({ code }) => code)].join(' ');
}

function withEnvelope(document: PlanDocument, changes: Partial<PlanSignature>): PlanDocument {
  return { ...document, signatures: document.signatures.map((envelope) => ({ ...envelope, ...changes })) };
}

function withSignature(document: PlanDocument, changes: { keyid?: string; sig?: string }): PlanDocument {
  const change = (envelope: PlanSignature) => envelope.signatures.map((signature) => ({ ...signature, ...changes }));
  return { ...document, signatures: document.signatures.map((envelope) => ({ ...envelope, signatures: change(envelope) })) };
}

describe('keys', () => {
  it('are PEM files that openssl reads, the private one closed to others, with the id that the README formula gives', async () => {
    expect((await stat(join(folder, 'alice'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, 'alice.pub'), 'utf8')).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(await readFile(join(folder, 'alice'), 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    const der = execFileSync('openssl', ['pkey', '-pubin', '-in', join(folder, 'alice.pub'), '-outform', 'DER']);
    const digest = execFileSync('sha256sum', { input: der }).toString().slice(0, 64);
    expect(alice.keyid).toBe(digest);
    const derived = execFileSync('openssl', ['pkey', '-in', join(folder, 'alice'), '-pubout']).toString();
    expect(derived).toBe(await readFile(join(folder, 'alice.pub'), 'utf8'));
  });

  it('are never written over, neither half', async () => {
    const before = await readFile(join(folder, 'alice'), 'utf8');
    await expect(generateKeyFiles(join(folder, 'alice'))).rejects.toMatchObject({ diagnostics: [{ code: 'SC6121' }] });
    expect(await readFile(join(folder, 'alice'), 'utf8')).toBe(before);
    await writeFile(join(folder, 'only-private'), 'mine');
    await expect(generateKeyFiles(join(folder, 'only-private'))).rejects.toMatchObject({ diagnostics: [{ code: 'SC6121' }] });
    expect(await readFile(join(folder, 'only-private'), 'utf8')).toBe('mine');
    await expect(stat(join(folder, 'only-private.pub'))).rejects.toThrow();
    await writeFile(join(folder, 'only-public.pub'), 'mine');
    await expect(generateKeyFiles(join(folder, 'only-public'))).rejects.toMatchObject({ diagnostics: [{ code: 'SC6121' }] });
    await expect(stat(join(folder, 'only-public'))).rejects.toThrow();
    await expect(generateKeyFiles(join(folder, 'no', 'such', 'folder'))).rejects.toMatchObject({ diagnostics: [{ code: 'SC6122' }] });
  });

  it('of other kinds, private keys, twins and impossible thresholds are refused in a list of trusted keys', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const refused = async (keys: Record<string, string>, threshold = 1, notAfter?: string): Promise<string> => {
      const entries = Object.entries(keys).map(([name, public_key]) => ({
        name,
        public_key,
        ...(notAfter ? { not_after: notAfter } : {}),
      }));
      return readTrustedKeys(entries, threshold, folder).then(
        () => 'taken',
        (error: Error) => error.message,
      );
    };
    expect(await refused({ rsa })).toContain('it is not an ed25519 key');
    expect(await refused({ a: await readFile(join(folder, 'alice'), 'utf8') })).toContain('it is not a public key');
    expect(await refused({ a: 'none.pub' })).toContain('ENOENT');
    expect(await refused({ a: 'alice.pub', b: await readFile(join(folder, 'alice.pub'), 'utf8') })).toContain('are the same key');
    expect(await refused({ a: 'alice.pub' }, 0)).toContain('0 signatures are asked for');
    expect(await refused({ a: 'alice.pub', b: 'bob.pub' }, 3)).toContain('3 signatures are asked for');
    expect(await refused({ a: 'alice.pub' }, 1, 'soon')).toContain('not a date');
    expect(await refused({ a: 'alice.pub', b: 'bob.pub' }, 2)).toBe('taken');
    await writeFile(
      join(folder, 'rsa'),
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    await expect(readSigningKey(join(folder, 'rsa'))).rejects.toMatchObject({ diagnostics: [{ code: 'SC6120' }] });
    const publicKey = { code: 'SC6120', summary: expect.stringContaining('public key'), hint: expect.stringContaining('private key') };
    await expect(readSigningKey(join(folder, 'alice.pub'))).rejects.toMatchObject({ diagnostics: [publicKey] });
  });
});

describe('DSSE', () => {
  it('encodes as the specification shows', () => {
    const encode = (type: string, body: string) => preAuthentication(type, Buffer.from(body)).toString();
    expect(encode('http://example.com/HelloWorld', 'hello world')).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    expect(encode('', '')).toBe('DSSEv1 0  0 ');
    expect(encode('caf\u00e9', '\u00e9')).toBe('DSSEv1 5 caf\u00e9 2 \u00e9');
  });

  it('knows one base64 text for one value', () => {
    expect(decodeBase64('AQI=')?.toString('hex')).toBe('0102');
    expect(decodeBase64('')?.length).toBe(0);
    for (const other of ['AQI', 'AQJ=', 'AQI=\n', ' AQI=', 'AQI==', 'A QI=', 'AQI=AQI=', 'AQI\u0000'])
      expect(decodeBase64(other)).toBeNull();
    expect(decodeBase64('+/8=')?.toString('hex')).toBe('fbff');
    expect(decodeBase64('-_8=')).toBeNull();
  });

  it('writes an envelope that openssl verifies, with all signatures, over the plan as jq prints it', async () => {
    const document = signPlan(signed(alice), bob);
    const envelope = JSON.parse(exportEnvelope(document)) as PlanSignature;
    expect(Object.keys(envelope)).toEqual(['payloadType', 'payload', 'signatures']);
    expect(envelope.signatures.map(({ keyid }) => keyid)).toEqual([alice.keyid, bob.keyid]);
    // The encoding is built here by hand, from the envelope alone, as a stranger would.
    const body = Buffer.from(envelope.payload, 'base64');
    const { payloadType } = envelope;
    await writeFile(join(folder, 'pae'), Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `), body]));
    const openssl = (name: string): string => {
      const args = ['pkeyutl', '-verify', '-pubin', '-inkey', join(folder, `${name}.pub`), '-rawin', '-in', join(folder, 'pae')];
      return execFileSync('openssl', [...args, '-sigfile', join(folder, 'sig')], { stdio: 'pipe' }).toString();
    };
    for (const [index, name] of ['alice', 'bob'].entries()) {
      await writeFile(join(folder, 'sig'), Buffer.from(envelope.signatures[index]?.sig ?? '', 'base64'));
      expect(openssl(name)).toContain('Signature Verified Successfully');
      expect(() => openssl('mallory')).toThrow();
    }
    const statement = JSON.parse(body.toString()) as { subject: { digest: { sha256: string } }[]; predicate: Record<string, unknown> };
    const plan = JSON.stringify(JSON.parse(planText(document)).plan, null, 2);
    const digest = execFileSync('sha256sum', { input: `${plan}\n` })
      .toString()
      .slice(0, 64);
    expect(statement.subject[0]?.digest.sha256).toBe(digest);
    expect(planDigest(document)).toBe(`sha256:${digest}`);
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicate: {
        format_version: PLAN_FORMAT_VERSION,
        plan_id: document.plan.id,
        database: { name: 'shop', system_identifier: '7412345678901234567' },
        environment: 'production',
        before_fingerprint: document.plan.before.fingerprint,
        not_after: '2026-03-08T12:00:00Z',
        contract_not_after: null,
        accepted_hazards: [{ hazard: 'drop-column', by: 'jo' }],
      },
    });
  });

  it('does not export signatures of something else', () => {
    const document = { ...signed(alice), plan: samplePlan({ apply_as: 'postgres' }) };
    expect(() => exportEnvelope(document)).toThrow(/SC6105/);
    expect(JSON.parse(exportEnvelope(newDocument(samplePlan())))).toMatchObject({ signatures: [] });
  });
});

describe('signing', () => {
  it('refuses a second signature by one key, and a plan that was changed since the first', () => {
    const document = signed(alice);
    expect(() => signPlan(document, alice)).toThrow(/SC6112/);
    expect(() => signPlan({ ...document, plan: samplePlan({ complete: false }) }, bob)).toThrow(/SC6105/);
  });

  it('leaves a plan with unknown members as it is', async () => {
    const later = planText(newDocument(samplePlan())).replace('"id":', '"zeta": 1,\n    "id":');
    const opened = openPlan(Buffer.from(later), 'plan.json');
    if (!opened.ok) throw new Error('refused');
    const twice = signPlan(signPlan(opened.document, alice), bob);
    expect(planText(twice).startsWith(later.slice(0, later.indexOf('"signatures"')))).toBe(true);
    expect(verifyPlan(Buffer.from(planText(twice)), 'plan.json', await trust(['alice', 'bob'], 2), now).ok).toBe(true);
  });
});

describe('verifying', () => {
  it('counts different trusted keys', async () => {
    expect(verdict(signed(alice), await trust(['alice']))).toBe('ok alice');
    expect(verdict(signed(alice), await trust(['alice', 'bob'], 2))).toBe('refused SC6108');
    expect(verdict(signPlan(signed(alice), bob), await trust(['alice', 'bob'], 2))).toBe('ok alice+bob');
    const doubled = signed(alice);
    const twice = { ...doubled, signatures: [...doubled.signatures, ...doubled.signatures] };
    expect(verdict(twice, await trust(['alice', 'bob'], 2))).toBe('refused SC6108');
    expect(verdict(twice, await trust(['alice', 'bob'], 1))).toBe('ok alice');
  });

  it('never takes an unsigned plan, whatever the threshold says', async () => {
    const unsigned = newDocument(samplePlan());
    expect(verdict(unsigned, await trust(['alice']))).toBe('refused SC6101');
    expect(verdict(unsigned, { ...(await trust(['alice'])), threshold: 0 })).toBe('refused SC6101');
    expect(verdict(signed(mallory), { ...(await trust(['alice'])), threshold: 0 })).toBe('refused SC6102 SC6108');
  });

  it('passes over strangers, says so, and does not count them', async () => {
    expect(verdict(signed(mallory), await trust(['alice']))).toBe('refused SC6102 SC6108');
    expect(verdict(signPlan(signed(alice), mallory), await trust(['alice']))).toBe('ok alice SC6102');
    expect(verdict(signPlan(signed(alice), mallory), await trust(['alice', 'bob'], 2))).toBe('refused SC6102 SC6108');
  });

  it('does not believe a key id', async () => {
    const trusted = await trust(['alice', 'bob']);
    expect(verdict(withSignature(signed(alice), { keyid: bob.keyid }), trusted)).toBe('refused SC6106');
    expect(verdict(withSignature(signed(alice), { keyid: mallory.keyid }), trusted)).toBe('refused SC6103');
    expect(verdict(withSignature(signed(alice), { keyid: '' }), trusted)).toBe('refused SC6103');
    expect(verdict(withSignature(signed(alice), { keyid: alice.keyid.toUpperCase() }), trusted)).toBe('refused SC6103');
    expect(verdict(withSignature(signed(mallory), { keyid: alice.keyid }), trusted)).toBe('refused SC6106');
  });

  it('refuses an envelope that is bent', async () => {
    const trusted = await trust(['alice']);
    const document = signed(alice);
    const [envelope] = document.signatures;
    const sig = envelope?.signatures[0]?.sig ?? '';
    const payload = envelope?.payload ?? '';
    expect(sig.endsWith('==')).toBe(true);
    expect(verdict(withSignature(document, { sig: sig.replace('==', '') }), trusted)).toBe('refused SC6104');
    expect(verdict(withSignature(document, { sig: `${sig}\n` }), trusted)).toBe('refused SC6104');
    expect(verdict(withSignature(document, { sig: '' }), trusted)).toBe('refused SC6106');
    expect(verdict(withSignature(document, { sig: Buffer.alloc(64).toString('base64') }), trusted)).toBe('refused SC6106');
    expect(verdict(withSignature(document, { sig: Buffer.alloc(63).toString('base64') }), trusted)).toBe('refused SC6106');
    // The other spellings of the last character decode to the same 64 bytes for a lax decoder.
    const last = sig.at(-3) as string;
    const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].filter((letter) => {
      const other = `${sig.slice(0, -3)}${letter}==`;
      return letter !== last && Buffer.from(other, 'base64').equals(Buffer.from(sig, 'base64'));
    });
    expect(spellings).toHaveLength(15);
    for (const letter of spellings) {
      expect(verdict(withSignature(document, { sig: `${sig.slice(0, -3)}${letter}==` }), trusted)).toBe('refused SC6104');
    }
    expect(verdict(withEnvelope(document, { payloadType: 'application/json' }), trusted)).toBe('refused SC6109');
    expect(verdict(withEnvelope(document, { payload: ` ${payload}` }), trusted)).toBe('refused SC6104');
    expect(verdict(withEnvelope(document, { payload: '' }), trusted)).toBe('refused SC6105');
    const reordered = Buffer.from(
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(statementOf(document).toString())).reverse())),
    );
    expect(verdict(withEnvelope(document, { payload: reordered.toString('base64') }), trusted)).toBe('refused SC6105');
  });

  it('refuses the signature of another plan, and a plan changed anywhere', async () => {
    const trusted = await trust(['alice']);
    const document = signed(alice);
    expect(verdict({ ...document, signatures: signed(alice, { complete: false }).signatures }, trusted)).toBe('refused SC6105');
    const step = document.plan.steps[0];
    if (step === undefined) throw new Error('no step');
    const changes: Partial<PlanBody>[] = [
      { steps: [{ ...step, statements: [{ sql: 'DROP SCHEMA app CASCADE' }] }] },
      { steps: [step, { ...step, id: '2' }] },
      { steps: [] },
      { not_after: '2036-03-08T12:00:00Z' },
      { database: { ...document.plan.database, name: 'other' } },
      { environment: null },
    ];
    for (const change of changes) {
      expect(verdict({ ...document, plan: { ...document.plan, ...change } }, trusted)).toBe('refused SC6105');
    }
    expect(verdict({ ...document, format_version: '1.0' }, trusted)).toBe('refused SC6105');
  });

  it('stops counting a key when it expires', async () => {
    const trusted = await trust(['alice'], 1, '2026-03-02T00:00:00Z');
    expect(verdict(signed(alice), trusted, new Date('2026-03-02T00:00:00Z'))).toBe('ok alice');
    expect(verdict(signed(alice), trusted, new Date('2026-03-02T00:00:01Z'))).toBe('refused SC6107 SC6108');
  });

  it('gives key ids that do not depend on how the key was read', async () => {
    const [key] = (await trust(['alice'])).keys;
    expect(key && keyIdOf(key.key)).toBe(alice.keyid);
  });
});
