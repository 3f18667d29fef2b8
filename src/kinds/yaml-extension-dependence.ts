/** `depends_on_extensions` in YAML, of whatever can be marked so; knows no kind. */
import type { JsonObject } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { textsOf } from './attribute-values.js';
import type { YamlEntry, YamlStatement } from './yaml-slot.js';
import { described, listOrNone, NAMES, nameOf } from './yaml-text.js';

export const DEPENDS_ON_EXTENSIONS: { readonly [key: string]: JsonObject } = {
  depends_on_extensions: described('Extensions that it is dropped with (DEPENDS ON EXTENSION).', NAMES, ['hstore']),
};

/** @param reference how ALTER names it: "FUNCTION app.f(integer)". */
export function extensionDependence(entry: YamlEntry, reference: string): readonly YamlStatement[] {
  return (entry.get('depends_on_extensions')?.items() ?? []).map((item) => ({
    sql: [`ALTER ${reference} DEPENDS ON EXTENSION `, nameOf(item)],
  }));
}

export function extensionDependenceKeys(object: SchemaObject): { readonly depends_on_extensions: readonly string[] | undefined } {
  return { depends_on_extensions: listOrNone(textsOf(object, 'depends_on_extensions')) };
}
