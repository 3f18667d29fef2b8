/** Adds a signature to a plan, and writes its signatures out for other tools; knows no keys but the one it is given. */
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanSignature } from '../core/plan.js';
import { serialise } from '../plan/serialise.js';
import { signPayload } from './dsse.js';
import type { SigningKey } from './keys.js';
import { PAYLOAD_TYPE, type Signable, statementOf } from './statement.js';

type Signed = Signable & { readonly signatures: readonly PlanSignature[] };

/** Everything else is left byte for byte as it was, so that earlier signatures stay good. @throws DiagnosticError SC6112, SC6105 */
export function signPlan<T extends Signed>(document: T, key: SigningKey): T {
  const statement = statementOf(document);
  const payload = statement.toString('base64');
  if (document.signatures.some((envelope) => envelope.payload !== payload)) {
    throw refusal('SC6105', 'the plan was changed after it was signed', 'make the plan again instead of signing this one');
  }
  if (document.signatures.some((envelope) => envelope.signatures.some(({ keyid }) => keyid === key.keyid))) {
    throw refusal('SC6112', `the plan is already signed with key ${key.keyid}`, 'sign with the key of another approver');
  }
  const sig = signPayload(PAYLOAD_TYPE, statement, key.key).toString('base64');
  const envelope: PlanSignature = { payloadType: PAYLOAD_TYPE, payload, signatures: [{ keyid: key.keyid, sig }] };
  return { ...document, signatures: [...document.signatures, envelope] };
}

/**
 * All signatures in one DSSE envelope, for stock tools; an unsigned plan gives one without signatures, ready to be signed elsewhere.
 * @throws DiagnosticError SC6105 when a signature is of something else.
 */
export function exportEnvelope(document: Signed): string {
  const payload = Buffer.from(exportStatement(document), 'utf8').toString('base64');
  const signatures = document.signatures.flatMap((envelope) => envelope.signatures);
  return serialise({ payloadType: PAYLOAD_TYPE, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) });
}

/**
 * The in-toto statement itself: byte for byte what was signed, so without a line end.
 * @throws DiagnosticError SC6105 when a signature is of something else.
 */
export function exportStatement(document: Signed): string {
  const statement = statementOf(document);
  const payload = statement.toString('base64');
  if (document.signatures.some((envelope) => envelope.payload !== payload || envelope.payloadType !== PAYLOAD_TYPE)) {
    throw refusal('SC6105', 'the plan was changed after it was signed', 'make the plan again');
  }
  return statement.toString('utf8');
}

function refusal(code: string, summary: string, hint: string): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, hint }], ExitCode.untrusted);
}
