/** DSSE 1.0: what is signed, and base64 that has one spelling; knows nothing of plans. */
import { type KeyObject, sign, verify } from 'node:crypto';

/** Pre-authentication encoding: the bytes that are signed. Lengths are in bytes, so type and body cannot flow into each other. */
export function preAuthentication(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

export function signPayload(payloadType: string, payload: Uint8Array, key: KeyObject): Buffer {
  return sign(null, preAuthentication(payloadType, payload), key);
}

export function verifyPayload(payloadType: string, payload: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  return verify(null, preAuthentication(payloadType, payload), key, signature);
}

/**
 * Decodes standard base64 only when it is spelt as we would: Buffer.from also takes the URL alphabet, white space, missing
 * padding and loose last bits, so that many texts would stand for one signature.
 */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
