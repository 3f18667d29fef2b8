/** The few terms of JSON Schema that results are described with; knows no command. */
import type { JsonObject } from '../core/json.js';

export interface CommandResult {
  /** Beside "failed" and "interrupted", which every command may end with. */
  readonly statuses: readonly string[];
  /** There whatever came out, unless the status is "failed" or "interrupted". */
  readonly members: JsonObject;
}

export const text = { type: 'string' };
export const count = { type: 'integer', minimum: 0 };
export const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });
export const list = (items: JsonObject): JsonObject => ({ type: 'array', items });
export const described = (description: string, schema: JsonObject): JsonObject => ({ description, ...schema });

/** Members are required unless named optional; a later minor version may add some. */
export function record(properties: JsonObject, optional: readonly string[] = []): JsonObject {
  return { type: 'object', required: Object.keys(properties).filter((name) => !optional.includes(name)), properties };
}
