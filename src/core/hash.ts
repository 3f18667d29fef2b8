/** Hashes of objects and of states, as "sha256:<hex>"; knows no kind: the caller says which attributes count. */
import { createHash } from 'node:crypto';
import type { Address } from './address.js';
import { canonicalJson } from './json.js';
import type { Attributes } from './object.js';
import type { Hash } from './plan.js';

const HASH = /^sha256:[0-9a-f]{64}$/;

/** Hash of bytes, or of the UTF-8 of a text. */
export function sha256(content: string | Uint8Array): Hash {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

export function isHash(text: string): text is Hash {
  return HASH.test(text);
}

/** Hash of one object; `attributes` holds only those that are hashed. */
export function objectHash(address: Address, attributes: Attributes): Hash {
  return sha256(canonicalJson({ address, attributes }));
}

/**
 * Hash over a set of objects, whatever the order they come in.
 * Framed as a JSON array of [address, hash] pairs, so that no two different maps have the same text.
 */
export function fingerprint(hashes: ReadonlyMap<Address, Hash>): Hash {
  const pairs = [...hashes].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sha256(canonicalJson(pairs.map(([address, hash]) => [address, hash])));
}
