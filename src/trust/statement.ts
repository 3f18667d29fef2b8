/** The in-toto statement that stands for a plan: always recomputed, never read from a signature. */
import { createHash } from 'node:crypto';
import { sha256 } from '../core/hash.js';
import { canonicalJson, type Json, type JsonObject } from '../core/json.js';
import type { Hash } from '../core/plan.js';
import type { RawDocument } from '../plan/file.js';
import { serialise } from '../plan/serialise.js';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://schemactl.dev/plan/v1';

/** A document of which only the outermost shape is known. */
export type Signable = Pick<RawDocument, 'format_version'> & { readonly plan: unknown };

/** The subject's digest: `jq .plan plan.json | sha256sum` gives the same. The ledger remembers plans by it. */
export function planDigest(document: Signable): Hash {
  return sha256(serialise(document.plan as Json));
}

/**
 * Bytes to sign. The digest alone would do; the predicate repeats what an approver wants to see without the plan, and binds
 * `format_version`, which stands outside of `plan`.
 */
export function statementOf(document: Signable): Buffer {
  const plan = document.plan as JsonObject;
  const member = (name: string, of: Json | undefined = plan): Json => {
    return of !== null && typeof of === 'object' && Object.hasOwn(of, name) ? ((of as JsonObject)[name] as Json) : null;
  };
  const digest = createHash('sha256').update(serialise(plan)).digest('hex');
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: 'plan', digest: { sha256: digest } }],
    predicateType: PREDICATE_TYPE,
    predicate: {
      format_version: document.format_version,
      plan_id: member('id'),
      database: member('database'),
      environment: member('environment'),
      before_fingerprint: member('fingerprint', member('before')),
      not_after: member('not_after'),
      contract_not_after: member('contract_not_after'),
      accepted_hazards: member('allowed', member('policy')),
    },
  };
  return Buffer.from(canonicalJson(statement), 'utf8');
}
