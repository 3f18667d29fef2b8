/** Signed plans with the real executable: what is not signed by the trusted keys, or was changed since, is refused with 8 and said why. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../src/core/plan.js';
import { planText } from '../src/plan/file.js';
import { readSigningKey } from '../src/trust/keys.js';
import { signPlan } from '../src/trust/sign.js';
import { type Ran, schemactl, write } from './commands/run-binary.js';
import { createDatabase, query, type TestDatabase } from './support/database.js';

vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let folder: string;
let good: string;

const run = (...args: string[]): Promise<Ran> => schemactl(folder, args);
const parsed = (): PlanDocument => JSON.parse(good) as PlanDocument;

/** The same environment with other keys: what a plan is for does not change with whom one trusts. */
const config = (url: string, keys: string, threshold = 1): string => `version: 1
desired: [schemas]
environments:
  production:
    url: ${url}
    require_signature: true
    threshold: ${threshold}
    trusted_keys: [${keys}]
`;

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'schemactl-trust-'));
  write(folder, {
    'schemas/app.sql': 'create schema app;\ncreate table app.orders (id bigint primary key);\n',
    'schemactl.yaml': config(database.url, '{ name: release, file: release.pub }'),
    'expired.yaml': config(database.url, '{ name: release, file: release.pub, not_after: 2020-01-31 }'),
    'two.yaml': config(database.url, '{ name: release, file: release.pub }, { name: second, file: second.pub }', 2),
  });
  for (const name of ['release', 'second', 'stranger']) expect((await run('keygen', '--out', name)).code).toBe(0);
  const planned = await run('plan', '--env', 'production', '--out', 'plan.json', '--sign', 'release');
  expect(planned.stderr).not.toContain('error');
  expect(planned.code).toBe(0);
  good = readFileSync(join(folder, 'plan.json'), 'utf8');
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const signedWith = async (document: PlanDocument, key: string): Promise<PlanDocument> =>
  signPlan(document, await readSigningKey(join(folder, key)));

const withStatement = (sql: string): PlanDocument => {
  const document = JSON.parse(good) as { plan: { steps: { statements: { sql: string }[] }[] } };
  const statement = document.plan.steps[0]?.statements[0];
  if (!statement) throw new Error('the plan has no statement');
  statement.sql = sql;
  return document as unknown as PlanDocument;
};

const withSignature = (change: (sig: string) => string): string => {
  const sig = parsed().signatures[0]?.signatures[0]?.sig as string;
  return good.replace(JSON.stringify(sig), JSON.stringify(change(sig)));
};

const flipped = (sig: string): string => (sig.startsWith('A') ? 'B' : 'A') + sig.slice(1);

/** What is wrong, the file, what both commands say; another configuration where it is about the keys. */
const REFUSED: readonly {
  readonly what: string;
  readonly file: () => string | Promise<string>;
  readonly says: string;
  readonly config?: string;
}[] = [
  { what: 'not signed', file: () => planText({ ...parsed(), signatures: [] }), says: 'error[SC6101] the plan is not signed' },
  {
    what: 'signed by a stranger',
    file: async () => planText(await signedWith({ ...parsed(), signatures: [] }, 'stranger')),
    says: 'error[SC6102] a signature is by a key that is not trusted',
  },
  {
    what: 'changed after it was signed',
    file: () => planText(withStatement('DROP SCHEMA app CASCADE')),
    says: 'error[SC6105] the plan was changed after it was signed',
  },
  {
    what: 'changed and signed again by a stranger',
    file: async () => planText(await signedWith({ ...withStatement('DROP SCHEMA app CASCADE'), signatures: [] }, 'stranger')),
    says: 'error[SC6108] the plan has 0 of the 1 signatures by trusted keys that it needs',
  },
  { what: 'with a broken signature', file: () => withSignature(flipped), says: 'error[SC6106] the signature of "release" is not valid' },
  {
    what: 'with a signature that is spelt otherwise',
    file: () => withSignature((sig) => sig.replace(/=+$/, '')),
    says: 'error[SC6104] a signature is not in canonical base64',
  },
  { what: 'with one space more', file: () => good.replace('"plan"', ' "plan"'), says: 'error[SC6005]' },
  {
    what: 'signed with a key that has expired',
    file: () => good,
    says: 'error[SC6107] the key of "release" expired at 2020-01-31T00:00:00.000Z',
    config: 'expired.yaml',
  },
  {
    what: 'signed by one of two approvers',
    file: () => good,
    says: 'error[SC6108] the plan has 1 of the 2 signatures by trusted keys that it needs',
    config: 'two.yaml',
  },
];

describe('a plan is refused by apply and verify alike when it is', () => {
  it.each(REFUSED.map((each, index) => [each.what, { ...each, index }] as const))('%s', async (_, { file, says, config: other, index }) => {
    const path = `refused-${index}.json`;
    writeFileSync(join(folder, path), await file());
    const where = ['--env', 'production', ...(other ? ['--config', other] : [])];
    for (const ran of await Promise.all([run('apply', path, ...where, '--yes'), run('verify', path, ...where)])) {
      expect(ran.stderr).toContain(says);
      expect(ran.code).toBe(8);
      expect(ran.stderr.match(/^ {2}hint: /gm)?.length).toBe(ran.stderr.match(/^error\[/gm)?.length);
    }
    expect(await query(database.url, `select from pg_namespace where nspname in ('app', 'schemactl')`)).toEqual([]);
  });
});

describe.sequential('a plan that is signed as it must be', () => {
  it('has a signature that stock openssl verifies from what show prints', async () => {
    const { code, stdout } = await run('show', 'plan.json', '--format', 'dsse');
    expect(code).toBe(0);
    const envelope = JSON.parse(stdout) as { payloadType: string; payload: string; signatures: { keyid: string; sig: string }[] };
    const payload = Buffer.from(envelope.payload, 'base64');
    // The pre-authentication encoding of DSSE 1.0, from its specification.
    const head = `DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `;
    write(folder, { 'dsse/sig': '' });
    writeFileSync(join(folder, 'dsse/signed'), Buffer.concat([Buffer.from(head), payload]));
    writeFileSync(join(folder, 'dsse/sig'), Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'));
    const verify = (key: string): string =>
      execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', 'dsse/signed', '-sigfile', 'dsse/sig'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(verify('release.pub')).toContain('Signature Verified Successfully');
    expect(() => verify('stranger.pub')).toThrow();
    const der = execFileSync('openssl', ['pkey', '-pubin', '-in', 'release.pub', '-outform', 'DER'], { cwd: folder });
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: der, encoding: 'utf8' }).slice(0, 64);
    expect(envelope.signatures[0]?.keyid).toBe(digest);
    const statement = JSON.parse(payload.toString()) as { subject: { digest: { sha256: string } }[]; predicate: { plan_id: string } };
    expect(statement.predicate.plan_id).toBe(parsed().plan.id);
    // "jq .plan plan.json | sha256sum": the digest is of what anybody can print.
    const plan = `${JSON.stringify(parsed().plan, null, 2)}\n`;
    expect(statement.subject[0]?.digest.sha256).toBe(
      execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: plan, encoding: 'utf8' }).slice(0, 64),
    );
  });

  it('has a statement that show prints byte for byte as it was signed', async () => {
    const { code, stdout } = await run('show', 'plan.json', '--format', 'intoto');
    expect(code).toBe(0);
    const envelope = JSON.parse((await run('show', 'plan.json', '--format', 'dsse')).stdout) as { payload: string; payloadType: string };
    expect(stdout).toBe(Buffer.from(envelope.payload, 'base64').toString('utf8'));
    expect(envelope.payloadType).toBe('application/vnd.in-toto+json');
    const { plan } = parsed();
    expect(JSON.parse(stdout)).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'plan', digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } }],
      predicateType: 'https://schemactl.dev/plan/v1',
      predicate: {
        format_version: parsed().format_version,
        plan_id: plan.id,
        database: plan.database,
        environment: 'production',
        before_fingerprint: plan.before.fingerprint,
        not_after: plan.not_after,
        contract_not_after: null,
        accepted_hazards: [],
      },
    });
    writeFileSync(join(folder, 'changed.json'), planText({ ...parsed(), plan: { ...plan, complete: false } }));
    for (const format of ['dsse', 'intoto']) {
      const refused = await run('show', 'changed.json', '--format', format);
      expect(refused.stderr).toContain('error[SC6105]');
      expect(refused.code).toBe(8);
    }
  });

  it('by both approvers is in order where two are needed', async () => {
    writeFileSync(join(folder, 'both.json'), planText(await signedWith(parsed(), 'second')));
    const { code, stdout, stderr } = await run('verify', 'both.json', '--env', 'production', '--config', 'two.yaml');
    expect(stderr).toBe('');
    expect(stdout).toContain('is in order: signed by release, second; not started yet.');
    expect(code).toBe(0);
  });

  it('is in order, applies, and is then known as applied', async () => {
    expect(await run('verify', 'plan.json', '--env', 'production')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is in order: signed by release; not started yet.'),
    });
    const applied = await run('apply', 'plan.json', '--env', 'production', '--yes');
    expect(applied.stdout).toMatch(/^Applied \d+ steps? to /);
    expect(applied.code).toBe(0);
    expect(await query(database.url, `select from pg_class where oid = 'app.orders'::regclass`)).toHaveLength(1);
    expect(await run('verify', 'plan.json', '--env', 'production')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('already applied'),
    });
  });
});
