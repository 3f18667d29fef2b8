/** The plan file as bytes: reading, writing and its one byte form; trusts nothing and knows only the outermost members. */
import { open, rename, rm } from 'node:fs/promises';
import { type Diagnostic, DiagnosticError, type Position } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { Json, JsonObject } from '../core/json.js';
import { PLAN_FORMAT, type PlanDocument, type PlanSignature } from '../core/plan.js';
import { parseJson } from './parse.js';
import { serialise } from './serialise.js';

export const DEFAULT_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/** A plan file whose bytes are in order; what `plan` holds is not looked at yet. */
export interface RawDocument {
  readonly format: typeof PLAN_FORMAT;
  readonly format_version: string;
  readonly plan: JsonObject;
  readonly signatures: readonly PlanSignature[];
}

export type Opened =
  | { readonly ok: true; readonly document: RawDocument }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function planText(document: PlanDocument | RawDocument): string {
  return serialise(document as unknown as Json);
}

/** @throws DiagnosticError SC6001 when it cannot be read, SC6002 when it is too large (it is not read to its end then). */
export async function readPlanFile(path: string, limit = DEFAULT_SIZE_LIMIT_BYTES): Promise<Uint8Array> {
  try {
    // Read once, and the bytes are used from then on: a file that is swapped meanwhile changes nothing.
    const file = await open(path, 'r');
    try {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > limit) throw new DiagnosticError([tooLarge(path, limit)], ExitCode.untrusted);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw new DiagnosticError([
      problem('SC6001', `the plan file cannot be read: ${path}`, {
        detail: (error as Error).message,
        hint: 'give the path of a plan file',
      }),
    ]);
  }
}

/** Writes a whole file or nothing: a reader never sees half of a plan. */
export async function writePlanFile(path: string, document: PlanDocument): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(planText(document));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Takes bytes only in the one form that `planText` gives; everything else is refused, however well it parses. */
export function openPlan(bytes: Uint8Array, file: string, limit = DEFAULT_SIZE_LIMIT_BYTES): Opened {
  if (bytes.length > limit) return refused(tooLarge(file, limit));
  const text = decode(bytes);
  if (text === null) return refused(problem('SC6003', 'the plan file is not UTF-8'));
  if (text.startsWith('\ufeff')) return refused(at(problem('SC6003', 'the plan file begins with a byte order mark'), file, text, 0));
  const parsed = parseJson(text);
  if (!parsed.ok) return refused(at(problem('SC6004', `the plan file is not well-formed: ${parsed.message}`), file, text, parsed.offset));
  const canonical = serialise(parsed.value);
  if (canonical !== text) {
    const summary = 'the plan file is not in its canonical byte form';
    const detail = 'Line ends, indentation, escapes and numbers are not as schemactl writes them, so it was changed or rewritten.';
    return refused(at(problem('SC6005', summary, { detail }), file, text, firstDifference(text, canonical)));
  }
  const misshapen = outerShape(parsed.value);
  if (misshapen !== null) return refused(problem('SC6006', `the file is not a schemactl plan: ${misshapen}`));
  return { ok: true, document: parsed.value as unknown as RawDocument };
}

function decode(bytes: Uint8Array): string | null {
  try {
    // ignoreBOM keeps a byte order mark in the text, where it is seen; fatal refuses overlong and broken sequences.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Signatures cover `plan` only, so around it neither the names of the members nor their order leave any choice. */
function outerShape(value: Json): string | null {
  const outer = members(value);
  if (outer === null) return 'it does not hold an object';
  if (outer.format !== PLAN_FORMAT) return `its "format" is not "${PLAN_FORMAT}"`;
  const wrong = wrongNames(outer, ['format', 'format_version', 'plan', 'signatures']);
  if (wrong !== null) return wrong;
  if (typeof outer.format_version !== 'string') return '"format_version" is not a text';
  if (members(outer.plan) === null) return '"plan" is not an object';
  if (!Array.isArray(outer.signatures)) return '"signatures" is not a list';
  for (const [index, envelope] of outer.signatures.entries()) {
    const problem = envelopeShape(envelope as Json);
    if (problem !== null) return `signatures[${index}]: ${problem}`;
  }
  return null;
}

function envelopeShape(value: Json): string | null {
  const envelope = members(value);
  if (envelope === null) return 'it is not an object';
  const wrong = wrongNames(envelope, ['payloadType', 'payload', 'signatures']);
  if (wrong !== null) return wrong;
  if (typeof envelope.payloadType !== 'string' || typeof envelope.payload !== 'string') return 'payload and payloadType are not texts';
  if (!Array.isArray(envelope.signatures) || envelope.signatures.length === 0) return 'it has no signatures';
  for (const item of envelope.signatures as readonly Json[]) {
    const signature = members(item);
    if (signature === null) return 'a signature is not an object';
    const wrongInner = wrongNames(signature, ['keyid', 'sig']);
    if (wrongInner !== null) return wrongInner;
    if (typeof signature.keyid !== 'string' || typeof signature.sig !== 'string') return 'keyid and sig are not texts';
  }
  return null;
}

function members(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function wrongNames(object: JsonObject, expected: readonly string[]): string | null {
  const found = Object.keys(object);
  if (found.length === expected.length && found.every((name, index) => name === expected[index])) return null;
  return `its members are ${found.map((name) => JSON.stringify(name)).join(', ') || 'none'} instead of ${expected.join(', ')}`;
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return Math.min(index, Math.max(a.length - 1, 0));
}

function tooLarge(file: string, limit: number): Diagnostic {
  return problem('SC6002', `the plan file is larger than ${limit} bytes: ${file}`);
}

function refused(diagnostic: Diagnostic): Opened {
  return { ok: false, diagnostics: [diagnostic] };
}

function problem(code: string, summary: string, more: { readonly detail?: string; readonly hint?: string } = {}): Diagnostic {
  return { code, severity: 'error', summary, hint: 'make the plan again, or fetch the file again as it was written', ...more };
}

function at(diagnostic: Diagnostic, file: string, text: string, offset: number): Diagnostic {
  return { ...diagnostic, span: { file, start: positionOf(text, offset), end: positionOf(text, Math.min(offset + 1, text.length)) } };
}

function positionOf(text: string, offset: number): Position {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) line++;
  return { line, column: offset - (offset === 0 ? 0 : lineStart) + 1, offset };
}
