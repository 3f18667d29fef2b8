/** The one text form of a JSON document: UTF-8, LF, two spaces, members in their own order; knows nothing of plans. */
import type { Json } from '../core/json.js';

/**
 * Equal to JSON.stringify(value, null, 2) and a line end, so that any JSON tool can check it; but it refuses what JSON.stringify
 * would bend to fit: fractions, integers of 2^53 and more, minus zero, undefined values and halves of surrogate pairs.
 */
export function serialise(value: Json): string {
  refuseBent(value, '');
  return `${JSON.stringify(value, null, 2)}\n`;
}

function refuseBent(value: Json | undefined, path: string): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      throw new TypeError(`${path || 'the document'} is not an integer below 2^53: ${value}`);
    }
  } else if (typeof value === 'string') {
    if (/\p{Surrogate}/u.test(value)) throw new TypeError(`${path || 'the document'} holds half of a surrogate pair`);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseBent(item as Json, `${path}[${index}]`);
  } else if (typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) {
      refuseBent(key, `${path} (a member name)`);
      refuseBent(member, path === '' ? key : `${path}.${key}`);
    }
  } else {
    throw new TypeError(`${path || 'the document'} is not a JSON value: ${typeof value}`);
  }
}
