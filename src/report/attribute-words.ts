/** Attributes of an object in one line of words; knows no kind: names and values are shown as they are. */
import { type Json, sameJson } from '../core/json.js';
import type { Attributes } from '../core/object.js';
import { shortened } from './printable.js';

const LONGEST_VALUE = 60;
const LONGEST_LINE = 100;
/** Attributes whose value says what it is without its name. */
const SELF_EXPLAINING = new Set([
  'type',
  'data_type',
  'base_type',
  'definition',
  'expression',
  'text',
  'fields',
  'labels',
  'elements',
  'columns',
  'values',
]);

/** What goes without saying of something new: bookkeeping of the server, and PostgreSQL's own defaults. The JSON plan holds all of it. */
const QUIET: Readonly<Record<string, readonly Json[] | 'any'>> = {
  position: 'any',
  relation: 'any',
  default_storage: 'any',
  default_statistics: 'any',
  not_null_inherit: 'any',
  not_null_valid: [true],
  validated: [true],
  valid: [true],
  ready: [true],
  live: [true],
  enforced: [true],
  enabled: [true, 'O', 'origin', 'enabled'],
  persistence: ['permanent', 'p'],
  access_method: ['heap'],
  method: ['btree'],
  storage: ['plain', 'extended', 'main'],
  parallel: ['unsafe'],
  volatility: ['volatile'],
  cost: [1, 100],
  rows: [0, 1000],
  replica_identity: ['default', 'd'],
  permissive: [true],
  usual: 'any',
};

function isQuiet(name: string, value: Json): boolean {
  const values = Object.hasOwn(QUIET, name) ? QUIET[name] : undefined;
  return values === 'any' || (values?.includes(value) ?? false);
}

function valueWords(value: Json): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return value === '' ? "''" : shortened(value, LONGEST_VALUE);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return shortened(`(${value.map(itemWords).join(', ')})`, LONGEST_VALUE);
  return shortened(itemWords(value), LONGEST_VALUE);
}

/** A part of a value: {"expression": "lower(name)", "descending": true} is "lower(name) descending". */
function itemWords(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value ?? 'none');
  if (Array.isArray(value)) return `(${value.map(itemWords).join(', ')})`;
  const words = Object.entries(value as { readonly [key: string]: Json }).flatMap(([key, member]) => {
    if (isEmpty(member)) return [];
    if (member === true) return [key.replaceAll('_', ' ')];
    return [SELF_EXPLAINING.has(key) || key === 'name' ? itemWords(member) : `${key.replaceAll('_', ' ')} ${itemWords(member)}`];
  });
  return words.join(' ');
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
    if (isEmpty(value) || isQuiet(name, value)) return [];
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
    .flatMap((name) => differenceWords(name, before[name] ?? null, after[name] ?? null))
    .join(', ');
}

/** Of two records, the members that differ. */
function differenceWords(name: string, before: Json, after: Json): readonly string[] {
  if (!isRecord(before) || !isRecord(after)) return [`${nameWords(name)} ${valueWords(before)} -> ${valueWords(after)}`];
  const prefix = SELF_EXPLAINING.has(name) ? '' : `${nameWords(name)} `;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((member) => !sameJson(before[member] ?? null, after[member] ?? null))
    .map((member) => `${prefix}${nameWords(member)} ${valueWords(before[member] ?? null)} -> ${valueWords(after[member] ?? null)}`);
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export interface AttributeDifference {
  readonly name: string;
  /** In words, whole; null: not set. Texts of several lines keep them. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Attribute by attribute, those that say what it is first; of what is new or goes all that does not go without saying. */
export function attributeDifferences(before: Attributes | null, after: Attributes | null): readonly AttributeDifference[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const order = (name: string): number => (SELF_EXPLAINING.has(name) ? 0 : 1);
  return names
    .filter((name) => {
      const [old, next] = [before?.[name] ?? null, after?.[name] ?? null];
      if (before !== null && after !== null) return !sameJson(old, next);
      const value = before === null ? next : old;
      return !isEmpty(value) && !isQuiet(name, value);
    })
    .sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))
    .map((name) => ({ name: nameWords(name), before: wholeWords(before?.[name] ?? null), after: wholeWords(after?.[name] ?? null) }));
}

function wholeWords(value: Json): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value === '' ? "''" : value;
  return typeof value === 'object' ? itemWords(value) || 'none' : String(value);
}
