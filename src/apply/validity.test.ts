/** That the checks come in their fixed order, each with its own code, and that the ledger outranks time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlan } from '../../test/support/sample-plan.js';
import { sha256 } from '../core/hash.js';
import type { PlanBody, PlanDocument } from '../core/plan.js';
import { newDocument } from '../plan/arrange.js';
import { planText } from '../plan/file.js';
import { generateKeyFiles, readSigningKey, readTrustedKeys, type SigningKey, type TrustedKeys } from '../trust/keys.js';
import { signPlan } from '../trust/sign.js';
import { planDigest } from '../trust/statement.js';
import { checkContractTime, checkFingerprint, checkPlan, type LedgerMemory, type LiveIdentity } from './validity.js';

const NOBODY: TrustedKeys = { keys: [], threshold: 1 };
const live: LiveIdentity = { system_identifier: '7412345678901234567', name: 'shop', uuid: null, server_version: '15.18', major: 15 };
const uuid = '0b7a9a54-3f0f-4f4e-9d5e-0a4f6f3f6f10';
const inTime = new Date('2026-03-02T00:00:00Z');
const late = new Date('2027-01-01T00:00:00Z');
let folder: string;
let key: SigningKey;
let trusted: TrustedKeys;
let expiring: TrustedKeys;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schemactl-validity-'));
  await generateKeyFiles(join(folder, 'ci'));
  key = await readSigningKey(join(folder, 'ci'));
  trusted = await readTrustedKeys([{ name: 'ci', public_key: 'ci.pub' }], 1, folder);
  expiring = await readTrustedKeys([{ name: 'ci', public_key: 'ci.pub', not_after: '2026-04-01T00:00:00Z' }], 1, folder);
});

afterAll(() => rm(folder, { recursive: true }));

interface Situation {
  readonly text?: string;
  readonly document?: PlanDocument;
  readonly trusted?: TrustedKeys;
  readonly requireSignature?: boolean;
  readonly environment?: string | null;
  readonly live?: Partial<LiveIdentity>;
  readonly memory?: LedgerMemory | null;
  readonly now?: Date;
}

const plan = (changes: Partial<PlanBody> = {}): PlanDocument => newDocument(samplePlan(changes));

function remembered(document: PlanDocument, state: LedgerMemory['state']): LedgerMemory {
  const finished_at = state === 'started' ? null : '2026-03-02T01:00:00.000Z';
  return { digest: planDigest(document), state, started_at: '2026-03-02T00:30:00.000Z', finished_at };
}

/** "status or exit code, then the codes of the findings". */
function outcome(situation: Situation): string {
  const validity = checkPlan({
    bytes: Buffer.from(situation.text ?? planText(situation.document ?? plan())),
    file: 'plan.json',
    policy: { trusted: situation.trusted ?? NOBODY, requireSignature: situation.requireSignature ?? false },
    environment: situation.environment === undefined ? 'production' : situation.environment,
    live: { ...live, ...situation.live },
    memory: situation.memory ?? null,
    now: situation.now ?? inTime,
  });
  return [validity.ok ? validity.status : validity.exitCode, ...validity.diagnostics.map(({ code }) => code)].join(' ');
}

describe('a plan', () => {
  it('that is signed and in time is fresh', () => {
    expect(outcome({ document: signPlan(plan(), key), trusted })).toBe('fresh');
  });

  it('needs no signature where no keys are listed, and that is noted', () => {
    expect(outcome({})).toBe('fresh SC6114');
    expect(outcome({ document: signPlan(plan(), key) })).toBe('fresh SC6114');
  });

  it('is refused unsigned where keys are listed, or signatures are asked for', () => {
    expect(outcome({ trusted })).toBe('8 SC6101');
    expect(outcome({ requireSignature: true })).toBe('8 SC6113');
    expect(outcome({ document: signPlan(plan(), key), requireSignature: true })).toBe('8 SC6113');
  });

  it('that was changed after signing is refused even where no keys are listed', () => {
    const document = { ...plan({ apply_as: 'postgres' }), signatures: signPlan(plan(), key).signatures };
    expect(outcome({ document })).toBe('8 SC6105');
  });
});

describe('environment and database', () => {
  it.each<[string, Situation, string]>([
    ['another environment', { environment: 'staging' }, '4 SC6201'],
    ['no environment', { environment: null }, '4 SC6201'],
    ['an environment where the plan has none', { document: plan({ environment: null }) }, '4 SC6201'],
    ['none on both sides', { document: plan({ environment: null }), environment: null }, 'fresh SC6114'],
    ['another server', { live: { system_identifier: '1' } }, '4 SC6202'],
    ['a server that does not tell', { live: { system_identifier: null } }, 'fresh SC6114'],
    ['another database of the server', { live: { name: 'shop2' } }, '4 SC6203'],
    ['everything else', { environment: 'x', live: { system_identifier: '1', name: 'x', major: 16 } }, '4 SC6201 SC6202 SC6203 SC6206'],
    ['a ledger that came after the plan', { live: { uuid } }, 'fresh SC6114'],
    ['another major version', { live: { major: 16, server_version: '16.2' } }, '4 SC6206'],
    ['another minor version', { live: { server_version: '15.19' } }, 'fresh SC6114 SC6207'],
  ])('%s', (_name, situation, expected) => {
    expect(outcome(situation)).toBe(expected);
  });

  it('know a clone by the ledger, and miss a ledger that is lost', () => {
    const document = plan({ database: { ...samplePlan().database, uuid } });
    expect(outcome({ document, live: { uuid } })).toBe('fresh SC6114');
    expect(outcome({ document, live: { uuid: '00000000-3f0f-4f4e-9d5e-0a4f6f3f6f10' } })).toBe('4 SC6204');
    expect(outcome({ document, live: { uuid: null } })).toBe('4 SC6205');
  });
});

describe('the ledger', () => {
  it('says what has happened, whatever the date', () => {
    const document = plan();
    expect(outcome({ document, memory: remembered(document, 'completed'), now: late })).toBe('already-applied SC6114 SC6213');
    expect(outcome({ document, memory: remembered(document, 'started'), now: late })).toBe('resume SC6114');
    expect(outcome({ document, memory: remembered(document, 'aborted') })).toBe('8 SC6212');
    for (const state of ['completed', 'started', 'aborted'] as const) {
      expect(outcome({ document, memory: { ...remembered(document, state), digest: sha256('another') } })).toBe('8 SC6211');
    }
  });

  it('vouches for keys that were good when the plan was started', () => {
    const document = signPlan(plan(), key);
    expect(outcome({ document, trusted: expiring, now: late })).toBe('8 SC6107 SC6108');
    expect(outcome({ document, trusted: expiring, now: late, memory: remembered(document, 'started') })).toBe('resume');
    expect(outcome({ document, trusted: expiring, now: late, memory: remembered(document, 'completed') })).toBe('already-applied SC6213');
    const other = { ...remembered(document, 'completed'), digest: sha256('another') };
    expect(outcome({ document, trusted: expiring, now: late, memory: other })).toBe('8 SC6107 SC6108');
  });
});

describe('time and fingerprint', () => {
  it('limit the start', () => {
    expect(outcome({ now: new Date('2026-03-08T12:00:00Z') })).toBe('fresh SC6114');
    expect(outcome({ now: new Date('2026-03-08T12:00:00.001Z') })).toBe('8 SC6221');
  });

  it('limit the contract phase on its own', () => {
    const body = samplePlan({ contract_not_after: '2026-03-20T00:00:00Z' });
    expect(() => checkContractTime(body, inTime)).not.toThrow();
    expect(() => checkContractTime(body, late)).toThrow(/SC6222/);
    expect(() => checkContractTime(samplePlan(), late)).not.toThrow();
  });

  it('need the whole state as it was', () => {
    expect(() => checkFingerprint(samplePlan(), samplePlan().before.fingerprint)).not.toThrow();
    const moved = { code: 'SC0000', severity: 'error', summary: 'moved' } as const;
    expect(() => checkFingerprint(samplePlan(), sha256('elsewhere'), [moved])).toThrow(/SC6231.*\nSC0000/);
  });
});

describe('the order', () => {
  it('is byte form, signatures, format, target, ledger, time: with all wrong, the first left speaks', () => {
    // Each line puts one more thing right.
    const aborted = (document: PlanDocument) => remembered(document, 'aborted');
    const foreign = { ...plan(), format_version: '2.0' } as PlanDocument;
    const wrong = { trusted, environment: 'staging', now: late } as const;
    expect(outcome({ ...wrong, text: planText(foreign).replace('\n', '\n\n'), memory: aborted(foreign) })).toBe('8 SC6005');
    expect(outcome({ ...wrong, document: foreign, memory: aborted(foreign) })).toBe('8 SC6101');
    const signedForeign = signPlan(foreign, key);
    expect(outcome({ ...wrong, document: signedForeign, memory: aborted(signedForeign) })).toBe('1 SC6010');
    const broken = signPlan({ ...plan(), plan: { ...samplePlan(), steps: null } as unknown as PlanBody }, key);
    expect(outcome({ ...wrong, document: broken, memory: aborted(broken) })).toBe('1 SC6011');
    const good = signPlan(plan(), key);
    expect(outcome({ ...wrong, document: good, memory: aborted(good) })).toBe('4 SC6201');
    expect(outcome({ ...wrong, document: good, environment: 'production', memory: aborted(good) })).toBe('8 SC6212');
    expect(outcome({ ...wrong, document: good, environment: 'production' })).toBe('8 SC6221');
    expect(outcome({ ...wrong, document: good, environment: 'production', now: inTime })).toBe('fresh');
  });

  it('lets a newer format explain why its signatures are unknown', () => {
    const foreign = { ...signPlan(plan(), key), format_version: '2.0' } as PlanDocument;
    const validity = checkPlan({
      bytes: Buffer.from(planText(foreign)),
      file: 'plan.json',
      policy: { trusted, requireSignature: false },
      environment: 'production',
      live,
      memory: null,
      now: inTime,
    });
    expect(validity.diagnostics[0]).toMatchObject({ code: 'SC6105', detail: expect.stringContaining('format 2.0') });
  });
});
