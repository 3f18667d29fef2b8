/** Plain roles and what they meet: a role that deploys, one that owns, on test servers, and scratch servers where both stand for themselves. */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ApplyOutcome } from '../../src/apply/options.js';
import type { PlanOutcome } from '../../src/plan/options.js';
import { type EmbeddedServer, startEmbedded } from '../../src/scratch/embedded.js';
import { query, type TestDatabase, testServer } from './database.js';
import { planOf, spec } from './made-plan.js';

const mark = randomBytes(4).toString('hex');
/** A plain role that deploys, and one that owns things. */
const [DEPLOYER, OWNER] = [`deployer_${mark}`, `owner_${mark}`];
export const named = (sql: string): string => sql.replaceAll('$deployer', DEPLOYER).replaceAll('$owner', OWNER);
const anonymous = (text: string): string => text.replaceAll(DEPLOYER, '$deployer').replaceAll(OWNER, '$owner');

export const majors = [15, 18];

export const AGAIN = '; then make the plan again';

/** Scratch servers where the roles stand for themselves, as on those that come with the tool. */
const scratch = new Map<number, EmbeddedServer>();

/** For the time of a test file; memberships that a test gave away are taken back after it. */
export function plainRoles(): void {
  beforeAll(async () => {
    for (const major of majors) {
      await query((await testServer(major)).url, named('create role $deployer login; create role $owner'));
      const server = await startEmbedded({ major });
      scratch.set(major, server);
      await query(server.url, named('create role $deployer superuser; create role $owner superuser'));
    }
  });

  afterEach(async () => {
    for (const major of majors)
      await query((await testServer(major)).url, named('revoke $owner from $deployer; alter role $deployer inherit'));
  });

  afterAll(async () => {
    for (const major of majors) {
      await query((await testServer(major)).url, named('drop role $deployer; drop role $owner'));
      await scratch.get(major)?.stop();
    }
  });
}

export function as(role: string, url: string): string {
  const result = new URL(url);
  result.username = named(role);
  return result.href;
}

export const plan = (
  { url, major }: TestDatabase,
  desired: string,
  role = '$deployer',
  more: Parameters<typeof planOf>[2] = {},
): Promise<PlanOutcome> =>
  planOf(as(role, url), named(desired), {
    scratch: { kind: 'url', connection: spec(scratch.get(major)?.url ?? '') },
    allow: [{ hazard: '*', address: null }],
    adopt: true,
    ...more,
  });

export const found = ({ diagnostics }: ApplyOutcome) =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ summary }) => anonymous(summary));

/** As text, so that a failing case says what it is about. */
export const problems = ({ diagnostics }: ApplyOutcome): readonly string[] =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ code, summary, detail }) => `${code} ${summary} ${detail ?? ''}`);

/** The ledger's schema is there already, so that a case shows what its change needs. */
export const LEDGER = 'create schema schemactl authorization $deployer;';
export const OWNED = 'create schema app authorization $deployer;';
export const OPEN = 'create schema app; grant usage, create on schema app to $deployer;';
