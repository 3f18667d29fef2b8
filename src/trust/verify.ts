/** Whether enough trusted keys have signed a plan; trusts nothing that the plan says about its own signatures. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { PlanSignature } from '../core/plan.js';
import { openPlan, type RawDocument } from '../plan/file.js';
import { isForeignFormat } from '../plan/validate.js';
import { decodeBase64, verifyPayload } from './dsse.js';
import type { TrustedKey, TrustedKeys } from './keys.js';
import { PAYLOAD_TYPE, statementOf } from './statement.js';

export interface Signer {
  readonly name: string;
  readonly keyid: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly signers: readonly Signer[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What one signature turned out to be. `broken` ends it whatever the others say; `uncounted` only does not count. */
type Verdict = { readonly is: 'good'; readonly signer: Signer } | { readonly is: 'broken' | 'uncounted'; readonly diagnostic: Diagnostic };

/** Byte form and signatures, in this order. */
export function verifyPlan(bytes: Uint8Array, file: string, trusted: TrustedKeys, now: Date): Verification {
  const opened = openPlan(bytes, file);
  return opened.ok ? verifySignatures(opened.document, trusted, now) : { ok: false, signers: [], diagnostics: opened.diagnostics };
}

export function verifySignatures(document: RawDocument, trusted: TrustedKeys, now: Date): Verification {
  if (document.signatures.length === 0) {
    const unsigned = finding('SC6101', 'the plan is not signed', 'sign it: schemactl plan … --sign KEYFILE');
    return { ok: false, signers: [], diagnostics: [unsigned] };
  }
  const statement = statementOf(document);
  const verdicts = document.signatures.flatMap((envelope) => judgeEnvelope(envelope, statement, document, trusted, now));
  const signers = distinct(verdicts.flatMap((verdict) => (verdict.is === 'good' ? [verdict.signer] : [])));
  const broken = verdicts.flatMap((verdict) => (verdict.is === 'broken' ? [verdict.diagnostic] : []));
  const uncounted = verdicts.flatMap((verdict) => (verdict.is === 'uncounted' ? [verdict.diagnostic] : []));
  if (broken.length > 0) return { ok: false, signers: [], diagnostics: broken };
  // Not only "fewer than": a threshold of zero must never mean that nobody needs to have signed.
  if (signers.length < Math.max(1, trusted.threshold)) {
    const summary = `the plan has ${signers.length} of the ${Math.max(1, trusted.threshold)} signatures by trusted keys that it needs`;
    return { ok: false, signers, diagnostics: [...uncounted, finding('SC6108', summary, 'have it signed with one more trusted key')] };
  }
  return { ok: true, signers, diagnostics: uncounted.map((diagnostic) => ({ ...diagnostic, severity: 'info' as const })) };
}

/** The part that needs no key: that the signatures are of this very plan. Null when they are. */
export function signedOtherwise(document: RawDocument): Diagnostic | null {
  const statement = statementOf(document);
  for (const envelope of document.signatures) {
    const diagnostic = payloadProblem(envelope, statement, document);
    if (diagnostic !== null) return diagnostic;
  }
  return null;
}

function judgeEnvelope(
  envelope: PlanSignature,
  statement: Buffer,
  document: RawDocument,
  trusted: TrustedKeys,
  now: Date,
): readonly Verdict[] {
  const diagnostic = payloadProblem(envelope, statement, document);
  if (diagnostic !== null) return [{ is: 'broken', diagnostic }];
  // From here on the recomputed statement is used, and what the envelope carried is not looked at again.
  return envelope.signatures.map(({ keyid, sig }) => judgeSignature(keyid, sig, statement, trusted, now));
}

function payloadProblem(envelope: PlanSignature, statement: Buffer, document: RawDocument): Diagnostic | null {
  if (envelope.payloadType !== PAYLOAD_TYPE) {
    return finding('SC6109', `a signature is over a payload of another type: ${JSON.stringify(envelope.payloadType)}`);
  }
  const payload = decodeBase64(envelope.payload);
  if (payload === null) return finding('SC6104', 'the payload of a signature is not in canonical base64');
  if (payload.equals(statement)) return null;
  const mismatch = finding('SC6105', 'the plan was changed after it was signed, or carries the signature of another plan');
  if (!isForeignFormat(document.format_version)) return mismatch;
  const detail = `It says that it has format ${document.format_version}, of which this schemactl knows no signatures.`;
  return { ...mismatch, detail };
}

function judgeSignature(keyid: string, sig: string, statement: Buffer, trusted: TrustedKeys, now: Date): Verdict {
  const signature = decodeBase64(sig);
  if (signature === null) return { is: 'broken', diagnostic: finding('SC6104', 'a signature is not in canonical base64') };
  const verifies = ({ key }: TrustedKey): boolean => verifyPayload(PAYLOAD_TYPE, statement, key, signature);
  const key = trusted.keys.find((candidate) => candidate.keyid === keyid);
  if (key === undefined) {
    // The key id is nobody's word: a signature that a trusted key did make must carry that key's id.
    const maker = trusted.keys.find(verifies);
    if (maker !== undefined) {
      const summary = `a signature by trusted key "${maker.name}" carries another key's id: ${JSON.stringify(keyid)}`;
      return { is: 'broken', diagnostic: finding('SC6103', summary) };
    }
    const hint = 'if that key is to be trusted, add its public key to the environment';
    return {
      is: 'uncounted',
      diagnostic: finding('SC6102', `a signature is by a key that is not trusted: ${JSON.stringify(keyid)}`, hint),
    };
  }
  if (!verifies(key)) return { is: 'broken', diagnostic: finding('SC6106', `the signature of "${key.name}" is not valid`) };
  if (key.notAfter !== null && now > key.notAfter) {
    const summary = `the key of "${key.name}" expired at ${key.notAfter.toISOString()}`;
    return { is: 'uncounted', diagnostic: finding('SC6107', summary, 'have it signed with a key that is still good') };
  }
  return { is: 'good', signer: { name: key.name, keyid } };
}

function distinct(signers: readonly Signer[]): readonly Signer[] {
  return signers.filter((signer, index) => signers.findIndex(({ keyid }) => keyid === signer.keyid) === index);
}

function finding(
  code: string,
  summary: string,
  hint = 'make and sign the plan again, or fetch the file again as it was written',
): Diagnostic {
  return { code, severity: 'error', summary, hint };
}
