/** Whose signatures a command trusts: what the environment lists, else nobody's. */
import { dirname } from 'node:path';
import type { TrustPolicy } from '../apply/validity.js';
import type { Config, Environment } from '../config/config.js';
import { readTrustedKeys } from '../trust/keys.js';

export async function trustPolicy(config: Config, environment: Environment | null): Promise<TrustPolicy> {
  if (environment === null) return { trusted: { keys: [], threshold: 1 }, requireSignature: false };
  const folder = config.file === null ? process.cwd() : dirname(config.file);
  const trusted = await readTrustedKeys(environment.trusted_keys, environment.threshold, folder);
  return { trusted, requireSignature: environment.require_signature };
}
