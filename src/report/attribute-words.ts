/** Attributes of an object in one line of words; knows no kind: names and values are shown as they are. */
import { canonicalJson, type Json, sameJson } from '../core/json.js';
import type { Attributes } from '../core/object.js';
import { shortened } from './printable.js';

const LONGEST_VALUE = 60;
const LONGEST_LINE = 100;
/** Attributes whose value says what it is without its name. */
const SELF_EXPLAINING = new Set(['type', 'data_type', 'definition', 'expression', 'text']);

function valueWords(value: Json): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return value === '' ? "''" : shortened(value, LONGEST_VALUE);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return shortened(`(${value.map((item) => (typeof item === 'string' ? item : canonicalJson(item))).join(', ')})`, LONGEST_VALUE);
  return shortened(canonicalJson(value), LONGEST_VALUE);
}

function isEmpty(value: Json): boolean {
  return value === null || value === false || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function nameWords(name: string): string {
  return shortened(name.replaceAll('_', ' '), LONGEST_VALUE);
}

/** What is set, for an object that is added: "integer, not null". */
export function addedDetail(attributes: Attributes): string {
  const names = Object.keys(attributes).sort((a, b) => Number(SELF_EXPLAINING.has(b)) - Number(SELF_EXPLAINING.has(a)) || (a < b ? -1 : 1));
  const words = names.flatMap((name) => {
    const value = attributes[name] as Json;
    if (isEmpty(value)) return [];
    if (value === true) return [nameWords(name)];
    return [SELF_EXPLAINING.has(name) ? valueWords(value) : `${nameWords(name)} ${valueWords(value)}`];
  });
  return shortened(words.join(', '), LONGEST_LINE);
}

/** Only what differs: "type text -> app.order_status, not null false -> true". */
export function changedDetail(before: Attributes, after: Attributes): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => !sameJson(before[name] ?? null, after[name] ?? null))
    .map((name) => `${nameWords(name)} ${valueWords(before[name] ?? null)} -> ${valueWords(after[name] ?? null)}`)
    .join(', ');
}
