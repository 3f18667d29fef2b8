/** Typed looks at an object's plain-JSON attributes; knows no kind. */
import type { Json } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';

/** A text attribute; null when it is null or absent. */
export function textOf(object: SchemaObject, name: string): string | null {
  const value = object.attributes[name];
  return typeof value === 'string' ? value : null;
}

/** A boolean attribute; false when it is null or absent. */
export function flagOf(object: SchemaObject, name: string): boolean {
  return object.attributes[name] === true;
}

/** A list of texts; empty when the attribute is null or absent. */
export function textsOf(object: SchemaObject, name: string): readonly string[] {
  const value = object.attributes[name];
  return isList(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** A list of JSON objects; empty when the attribute is null or absent. */
export function recordsOf(object: SchemaObject, name: string): readonly { readonly [key: string]: Json }[] {
  const value = object.attributes[name];
  return isList(value) ? value.filter(isRecord) : [];
}

/** A JSON object; empty when the attribute is null or absent. */
export function recordOf(object: SchemaObject, name: string): { readonly [key: string]: Json } {
  const value = object.attributes[name];
  return isRecord(value) ? value : {};
}

/** The storage options, as relationOptionsOf() reads them, in the order that optionOrderOf() tells. */
export function optionsOf(object: SchemaObject): { readonly [name: string]: string } {
  const order = textsOf(object, 'option_order');
  const entries = Object.entries(recordOf(object, 'options')).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1)));
}

export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
