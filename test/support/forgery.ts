/** A signed plan of a database whose server writes down every statement, and files that differ from it by one byte. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApplyOutcome } from '../../src/apply/options.js';
import { planText } from '../../src/plan/file.js';
import { type EmbeddedServer, startEmbedded } from '../../src/scratch/embedded.js';
import { generateKeyFiles, readSigningKey, readTrustedKeys, type TrustedKeys } from '../../src/trust/keys.js';
import { signPlan } from '../../src/trust/sign.js';
import { query } from './database.js';
import { applyTo, planOf, statementsOf } from './made-plan.js';

/** Two statements in one step, one of them with text of a person's. */
const DESIRED = `create schema f; create table f.t (a int, b text default 'x'); comment on table f.t is 'not forged';`;
const LIVE = 'create schema f; create table f.t (a int);';

export interface Forge {
  /** The plan, as it may be applied. */
  readonly bytes: Buffer;
  readonly statements: readonly string[];
  readonly trusted: TrustedKeys;
  readonly url: string;
  /** Folder with plan.json, release.pub and a schemactl.yaml that trusts it in environment `production`. */
  readonly folder: string;
  /** What the server wrote, from a number of characters on. */
  log(from?: number): string;
  apply(bytes: Uint8Array): Promise<ApplyOutcome>;
  close(): Promise<void>;
}

export async function forge(): Promise<Forge> {
  // The log of an embedded server stands beside its data; LOG lines are left out unless the level asks for them. Checkpoints are not ours.
  const settings = { log_statement: 'all', log_connections: 'on', log_min_messages: 'log', log_checkpoints: 'off' };
  const server: EmbeddedServer = await startEmbedded({ major: 15, settings });
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-forgery-'));
  const close = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
  try {
    await query(server.url, LIVE);
    await generateKeyFiles(join(folder, 'release'));
    const trusted = await readTrustedKeys([{ name: 'release', public_key: 'release.pub' }], 1, folder);
    const { document } = await planOf(server.url, DESIRED, { environment: 'production' });
    const bytes = Buffer.from(planText(signPlan(document, await readSigningKey(join(folder, 'release')))));
    const keys = 'trusted_keys: [{ name: release, file: release.pub }]';
    writeFileSync(
      join(folder, 'schemactl.yaml'),
      `version: 1\nenvironments:\n  production:\n    url: ${server.url}\n    require_signature: true\n    ${keys}\n`,
    );
    writeFileSync(join(folder, 'plan.json'), bytes);
    return {
      bytes,
      statements: statementsOf(document),
      trusted,
      url: server.url,
      folder,
      log: (from = 0) => readFileSync(join(server.socketDir, 'log'), 'utf8').slice(from),
      apply: (changed) => applyTo(server.url, changed, { policy: { trusted, requireSignature: true }, environment: 'production' }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** How often each code was the first of a refusal, and which changes were not refused as they must be. */
export interface Tally {
  readonly codes: Record<string, number>;
  readonly wrong: string[];
  tried: number;
}

export const newTally = (): Tally => ({ codes: {}, wrong: [], tried: 0 });

/** Applies a changed file, which must end in a refusal with exit code 8 or 1, a code and a way out, before anything was run. */
export async function tryForged(forged: Forge, bytes: Uint8Array, what: string, tally: Tally): Promise<void> {
  const { exitCode, status, steps_run, diagnostics } = await forged.apply(bytes);
  const [first] = diagnostics;
  const isClear = diagnostics.length > 0 && diagnostics.every(({ code, summary, hint }) => /^SC6\d{3}$/.test(code) && summary && hint);
  const isRefused = (exitCode === 8 || exitCode === 1) && status === 'failed' && steps_run === 0;
  if (!isRefused || !isClear) tally.wrong.push(`${what}: ${status} ${exitCode} ${JSON.stringify(diagnostics)}`);
  const key = `${exitCode} ${first?.code}`;
  tally.codes[key] = (tally.codes[key] ?? 0) + 1;
  tally.tried += 1;
}

/** All other values of every byte, or those that `values` chooses for it. */
export async function everyByte(forged: Forge, values: (byte: number) => Iterable<number>): Promise<Tally> {
  const tally = newTally();
  const bytes = Buffer.from(forged.bytes);
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    for (const other of new Set(values(byte))) {
      if (other === byte) continue;
      bytes[index] = other;
      await tryForged(forged, bytes, `byte ${index}: ${byte} -> ${other}`, tally);
    }
    bytes[index] = byte;
  }
  return tally;
}
