/** Puts the members of a new plan in the published order, so that equal plans have equal bytes; knows the schema, not its members. */
import type { Json, JsonObject } from '../core/json.js';
import { PLAN_FORMAT, PLAN_FORMAT_VERSION, type PlanBody, type PlanDocument } from '../core/plan.js';
import { PLAN_SCHEMA } from './schema.js';

/** A new, unsigned document. Only for new plans: what was signed keeps its order, since the digest covers it. */
export function newDocument(body: PlanBody): PlanDocument {
  const document: PlanDocument = { format: PLAN_FORMAT, format_version: PLAN_FORMAT_VERSION, plan: body, signatures: [] };
  return arrange(document as unknown as Json, PLAN_SCHEMA) as unknown as PlanDocument;
}

/** Named members in the order of the schema; maps, and what the schema does not speak of, in code-unit order. */
function arrange(value: Json, schema: JsonObject | undefined): Json {
  if (value === null || typeof value !== 'object') return value;
  const fitting = resolve(schema, value);
  if (Array.isArray(value)) return value.map((item) => arrange(item, fitting?.items as JsonObject | undefined));
  const object = value as JsonObject;
  const properties = (fitting?.properties ?? {}) as { readonly [name: string]: JsonObject };
  const others = typeof fitting?.additionalProperties === 'object' ? (fitting.additionalProperties as JsonObject) : undefined;
  const named = Object.keys(properties).filter((name) => Object.hasOwn(object, name));
  const unnamed = Object.keys(object)
    .filter((name) => !Object.hasOwn(properties, name))
    .sort();
  const arranged = Object.create(null) as { [name: string]: Json };
  for (const name of [...named, ...unnamed]) arranged[name] = arrange(object[name] as Json, properties[name] ?? others);
  return arranged;
}

/** Follows references, and in a choice takes the branch for objects and lists whose required members are there. */
function resolve(schema: JsonObject | undefined, value: Json): JsonObject | undefined {
  if (schema === undefined) return undefined;
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice('#/definitions/'.length);
    return resolve((PLAN_SCHEMA.definitions as { readonly [name: string]: JsonObject })[name], value);
  }
  if (!Array.isArray(schema.anyOf)) return schema;
  for (const branch of schema.anyOf as readonly JsonObject[]) {
    const fitting = resolve(branch, value);
    const required = (fitting?.required ?? []) as readonly string[];
    if (fitting?.type === 'object' && required.every((name) => Object.hasOwn(value as JsonObject, name))) return fitting;
  }
  return undefined;
}
