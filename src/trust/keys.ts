/** Signing keys: ed25519 in PEM files, and their ids; knows nothing of plans. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';

/** A key whose signatures count, as an environment lists it. */
export interface TrustedKeyEntry {
  readonly name: string;
  /** A public key in PEM, or the path of a file that holds one. */
  readonly public_key: string;
  /** Signatures stop counting then: an RFC 3339 date and time. */
  readonly not_after?: string;
}

export interface TrustedKey {
  readonly name: string;
  readonly keyid: string;
  readonly key: KeyObject;
  readonly notAfter: Date | null;
}

export interface TrustedKeys {
  readonly keys: readonly TrustedKey[];
  /** How many different keys must have signed. */
  readonly threshold: number;
}

export interface SigningKey {
  readonly keyid: string;
  readonly key: KeyObject;
}

/** SHA-256 in hex of the public key as DER (SubjectPublicKeyInfo): `openssl pkey -pubin -outform DER | sha256sum`. */
export function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Writes `path` (private, readable by its owner only) and `path`.pub; never over an existing file. */
export async function generateKeyFiles(path: string): Promise<{ readonly keyid: string; readonly files: readonly [string, string] }> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicPath = `${path}.pub`;
  // The public file first: when it is refused, no private key has been written anywhere.
  await createFile(publicPath, publicKey.export({ type: 'spki', format: 'pem' }), 0o644);
  try {
    await createFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  } catch (error) {
    await rm(publicPath);
    throw error;
  }
  return { keyid: keyIdOf(publicKey), files: [path, publicPath] };
}

async function createFile(path: string, content: string | Buffer, mode: number): Promise<void> {
  try {
    await writeFile(path, content, { flag: 'wx', mode });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw exists
      ? failure('SC6121', `the file exists already and a key is never written over: ${path}`, 'choose another name with --out')
      : failure('SC6122', `the key file cannot be written: ${path}`, 'check the folder and its permissions', error);
  }
}

/** @throws DiagnosticError SC6120 */
export async function readSigningKey(path: string): Promise<SigningKey> {
  const hint = 'make a key with: schemactl keygen --out KEYFILE';
  let key: KeyObject;
  try {
    const text = await readFile(path, 'utf8');
    if (text.includes('-----BEGIN PUBLIC KEY-----')) {
      throw failure('SC6120', `that is a public key, which signs nothing: ${path}`, 'give the private key beside it, without .pub');
    }
    key = createPrivateKey(text);
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw failure('SC6120', `the signing key cannot be read: ${path}`, hint, error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw failure('SC6120', `the signing key is not an ed25519 key: ${path}`, hint);
  return { keyid: keyIdOf(createPublicKey(key)), key };
}

/** Reads what an environment lists; paths are relative to `folder`. @throws DiagnosticError SC6123 with all findings. */
export async function readTrustedKeys(entries: readonly TrustedKeyEntry[], threshold: number, folder: string): Promise<TrustedKeys> {
  const problems: Diagnostic[] = [];
  const keys: TrustedKey[] = [];
  for (const entry of entries) {
    try {
      keys.push(trustedKey(entry, await publicKeyText(entry.public_key, folder)));
    } catch (error) {
      problems.push(untrustworthy(`the trusted key "${entry.name}" cannot be used: ${(error as Error).message}`));
    }
  }
  for (const [index, { name, keyid }] of keys.entries()) {
    // Listed twice, one key would look like two approvers.
    const twin = keys.slice(0, index).find((other) => other.keyid === keyid);
    if (twin) problems.push(untrustworthy(`the trusted keys "${twin.name}" and "${name}" are the same key`));
  }
  if (entries.length > 0 && !(Number.isInteger(threshold) && threshold >= 1 && threshold <= entries.length)) {
    problems.push(untrustworthy(`${threshold} signatures are asked for, which is not between 1 and the ${entries.length} trusted keys`));
  }
  if (problems.length > 0) throw new DiagnosticError(problems);
  return { keys, threshold };
}

async function publicKeyText(pemOrPath: string, folder: string): Promise<string> {
  return pemOrPath.includes('-----BEGIN') ? pemOrPath : await readFile(resolve(folder, pemOrPath), 'utf8');
}

function trustedKey(entry: TrustedKeyEntry, pem: string): TrustedKey {
  // createPublicKey would derive the public key from a private one, and private keys do not belong in a list of trusted ones.
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) throw new Error('it is not a public key in PEM');
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('it is not an ed25519 key');
  const notAfter = entry.not_after === undefined ? null : new Date(entry.not_after);
  if (notAfter !== null && Number.isNaN(notAfter.getTime())) throw new Error(`its not_after is not a date and time: ${entry.not_after}`);
  return { name: entry.name, keyid: keyIdOf(key), key, notAfter };
}

function untrustworthy(summary: string): Diagnostic {
  return { code: 'SC6123', severity: 'error', summary, hint: 'correct the trusted keys of the environment' };
}

function failure(code: string, summary: string, hint: string, error?: unknown): DiagnosticError {
  const detail = error instanceof Error ? { detail: error.message } : {};
  return new DiagnosticError([{ code, severity: 'error', summary, hint, ...detail }]);
}
